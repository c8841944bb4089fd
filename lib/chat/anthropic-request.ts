import { createHash } from "node:crypto";
import { z } from "zod";
import { InvalidInputError } from "@/lib/errors";
import type { ServedModel } from "@/lib/models/catalogue";
import { cachedSystem } from "./anthropic-cache";
import { anthropicTraits } from "./anthropic-model";
import { toAnthropicSchema } from "./anthropic-schema";
import { isSystem, toTurns, type Turn } from "./anthropic-turns";
import { askedOutputTokens, type ChatRequest, messageText } from "./schemas";

const FunctionTool = z.looseObject({
  type: z.literal("function"),
  function: z.looseObject({
    name: z.string(),
    description: z.string().nullish(),
    parameters: z.looseObject({}).nullish(),
  }),
});
const ToolChoice = z.union([
  z.enum(["none", "auto", "required"]),
  z.looseObject({ type: z.literal("function"), function: z.looseObject({ name: z.string() }) }),
]);
const ResponseFormat = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("text") }),
  z.looseObject({ type: z.literal("json_object") }),
  z.looseObject({
    type: z.literal("json_schema"),
    json_schema: z.looseObject({ schema: z.looseObject({}).nullish() }),
  }),
]);

/** The fields of OpenAI's request that have a counterpart and are read here, and Anthropic's own that clients add. */
const Options = z.looseObject({
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  top_k: z.number().nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  tools: z.array(FunctionTool).nullish(),
  tool_choice: ToolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  response_format: ResponseFormat.nullish(),
  reasoning_effort: z.string().nullish(),
  thinking: z.looseObject({ type: z.string() }).nullish(),
  user: z.string().nullish(),
  modalities: z.array(z.string()).nullish(),
});
type Options = z.infer<typeof Options>;

/** What Anthropic requires and OpenAI's clients may leave out. */
const defaultMaxTokens = 4_096;

/**
 * An OpenAI request as Anthropic's Messages API takes it.
 *
 * System and developer messages become `system`, tool messages `tool_result` blocks, turns of one role are joined.
 * `thinking` passes as Anthropic's own OpenAI endpoint takes it; `reasoning_effort` becomes `output_config.effort`.
 * Left out is what has no counterpart (seed, penalties, logit_bias …), as that endpoint does too, and sampling for the
 * models that have none.
 *
 * @param lasting what the system message begins with in every conversation, to be kept in Anthropic's prompt cache
 * @throws {InvalidInputError} for what cannot be had from these models: several answers, logprobs, audio
 */
export function toAnthropicRequest(request: ChatRequest, model: ServedModel, lasting = ""): Record<string, unknown> {
  const options = readOptions(request);
  const system = request.messages.filter(isSystem).map(messageText);
  if (options.response_format?.type === "json_object") system.push("Answer with one JSON object and nothing else.");
  const turns = toTurns(request.messages);
  const thinking = thinkingOf(options, turns);
  return {
    model: model.upstreamId,
    max_tokens: Math.min(askedOutputTokens(request) ?? defaultMaxTokens, model.maxOutputTokens),
    ...present("system", cachedSystem(system.filter((text) => text !== "").join("\n\n"), lasting) || null),
    messages: turns,
    ...(thinking === null && anthropicTraits(model.upstreamId).sampling ? samplingOf(options) : {}),
    ...present("thinking", thinking),
    ...present("stop_sequences", stopSequences(options.stop)),
    ...toolFields(options),
    ...present("output_config", outputConfig(options, model)),
    ...present("metadata", options.user ? { user_id: userOf(options.user) } : null),
    ...(request.stream ? { stream: true } : {}),
  };
}

function readOptions(request: ChatRequest): Options {
  const parsed = Options.safeParse(request);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue?.path.join(".") ?? "";
    throw new InvalidInputError(`${path}: ${issue?.message ?? "is not valid"} (for an Anthropic model).`, path);
  }
  const { data } = parsed;
  const refuse = (field: string, reason: string) => {
    throw new InvalidInputError(`Anthropic models ${reason}.`, field);
  };
  if ((request.n ?? 1) > 1) refuse("n", "give one answer at a time: n must be 1");
  if (data["logprobs"] === true) refuse("logprobs", "do not tell logprobs");
  if (data.modalities?.includes("audio")) refuse("modalities", "do not speak: modalities must be text alone");
  if (Array.isArray(data["functions"])) refuse("functions", "take tools, not their older form functions");
  return data;
}

/**
 * How to think, in Anthropic's own words.
 *
 * A model that thought before it called a tool wants its thoughts back with the result, and OpenAI's wire has no place
 * for them: such a turn is answered without.
 */
function thinkingOf({ thinking }: Options, turns: readonly Turn[]): Options["thinking"] | null {
  const isResult = turns.at(-1)?.content.some(({ type }) => type === "tool_result") ?? false;
  return !thinking || (isResult && thinking.type === "enabled") ? null : thinking;
}

/** Anthropic takes one of temperature and top_p; 1 is what both are anyway. */
function samplingOf({ temperature, top_p, top_k }: Options): Record<string, unknown> {
  const isSet = (value: number | null | undefined) => value !== null && value !== undefined && value !== 1;
  return {
    ...present("temperature", isSet(temperature) ? Math.min(1, temperature ?? 1) : null),
    ...present("top_p", isSet(top_p) ? top_p : null),
    ...present("top_k", top_k),
  };
}

function toolFields({ tools, tool_choice: choice, parallel_tool_calls: parallel }: Options): Record<string, unknown> {
  if (!tools || tools.length === 0) return {};
  const toChoice = { none: "none", auto: "auto", required: "any" } as const;
  const chosen =
    typeof choice === "object" && choice !== null
      ? { type: "tool", name: choice.function.name }
      : { type: toChoice[choice ?? "auto"] };
  const isSerial = parallel === false && chosen.type !== "none";
  return {
    tools: tools.map((tool) => ({
      name: tool.function.name,
      ...present("description", tool.function.description),
      input_schema: { type: "object", ...tool.function.parameters },
    })),
    ...(choice || isSerial
      ? { tool_choice: { ...chosen, ...(isSerial ? { disable_parallel_tool_use: true } : {}) } }
      : {}),
  };
}

const efforts: Record<string, string> = { minimal: "low", low: "low", medium: "medium", high: "high", xhigh: "xhigh" };

function outputConfig(options: Options, { upstreamId }: ServedModel): Record<string, unknown> | null {
  const { response_format: format, reasoning_effort: asked } = options;
  const schema = format?.type === "json_schema" ? format.json_schema.schema : null;
  const effort = anthropicTraits(upstreamId).effort ? efforts[asked ?? ""] : undefined;
  if (!schema && effort === undefined) return null;
  return {
    ...present("effort", effort),
    ...present("format", schema ? { type: "json_schema", schema: toAnthropicSchema(schema) } : null),
  };
}

/** Anthropic wants a user named by something opaque; OpenAI's clients may send an e-mail address. */
function userOf(user: string): string {
  return /^[\w-]{1,256}$/.test(user) ? user : createHash("sha256").update(user).digest("hex");
}

function stopSequences(stop: Options["stop"]): string[] | null {
  const sequences = (typeof stop === "string" ? [stop] : (stop ?? [])).filter((text) => text.trim() !== "");
  return sequences.length === 0 ? null : sequences;
}

function present(key: string, value: unknown): Record<string, unknown> {
  return value === null || value === undefined ? {} : { [key]: value };
}
