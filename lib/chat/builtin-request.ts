import { z } from "zod";
import { InvalidInputError } from "@/lib/errors";
import { askedOutputTokens, type ChatRequest } from "./schemas";

/** What of a request bears on quoting; `stream` is the caller's. */
export type Limits = {
  choices: number;
  /** most tokens of an answer; null: all of it */
  tokens: number | null;
  /** texts before which the answer ends */
  stops: string[];
};

const maxStops = 4;
const Stop = z.union([z.string(), z.array(z.string()).max(maxStops)]).nullish();
const Kind = z.looseObject({ type: z.string() }).nullish();
const ToolChoice = z.union([z.string(), z.looseObject({ type: z.string() })]).nullish();

/**
 * What a client may rely on, and what it may not.
 *
 * Sampling, seeds and penalties change nothing, as the same question has one answer; tools are never called, which a
 * model may decide where it is free to. What the client would build on and cannot get is refused: JSON, a call that it
 * demands, probabilities of tokens, sound.
 *
 * @throws {InvalidInputError} naming the field
 */
export function readLimits(request: ChatRequest): Limits {
  const format = Kind.safeParse(request["response_format"]).data?.type ?? "text";
  if (format !== "text") throw refused("answers in plain sentences and cannot follow a format", "response_format");
  const choice = ToolChoice.safeParse(request["tool_choice"]).data ?? "auto";
  const demanded = typeof choice === "string" ? choice : choice.type;
  if (!["auto", "none"].includes(demanded) && demanded !== "allowed_tools")
    throw refused("calls no tools, so that it cannot be made to", "tool_choice");
  if (request["logprobs"] === true) throw refused("has no probabilities of tokens", "logprobs");
  const modalities = z.array(z.string()).safeParse(request["modalities"]).data ?? [];
  if (modalities.includes("audio")) throw refused("has no voice", "modalities");
  const stop = Stop.safeParse(request["stop"]);
  if (!stop.success) throw new InvalidInputError(`stop must be a text or at most ${maxStops} texts.`, "stop");
  const stops = [stop.data ?? []].flat().filter((text) => text !== "");
  return { choices: request.n ?? 1, tokens: askedOutputTokens(request), stops };
}

function refused(what: string, param: string): InvalidInputError {
  return new InvalidInputError(
    `The built-in engine is no language model: it ${what}. Leave ${param} out, or name a language model.`,
    param,
  );
}
