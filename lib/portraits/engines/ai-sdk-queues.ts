import { z } from "zod";
import { AppError } from "@/lib/errors";
import { isJsonObject } from "@/lib/json";
import { asJsonResponse, type Fetch, urlOf } from "./ai-sdk-fetch";
import { asObject, ask, look, place, type Question, waitFor, type Wire } from "./wire";
import { WireError, wordsOf } from "./wire-error";

/** The number of one request elsewhere, across attempts. */
export type Ticket = { id: string | null; keep(id: string): Promise<void> };

const Id = z.string().regex(/^[\w-]{1,100}$/u);
/** Words by which providers tell that a picture or a text is not to be. */
const unwanted = /nsfw|safety|sensitive|flagged|content.?(?:policy|filter|moderation)|moderat/iu;
const imageHours = 1;
const lingerMs = 2_000;

/**
 * The AI SDK asks fal at once and waits; an answer that is lost so is paid and gone. Here the same request goes to fal's
 * queue, under a number that is kept, and the SDK gets the queue's result as if it had waited.
 *
 * @param fallback for everything else: images
 * @see https://docs.fal.ai/model-apis/model-endpoints/queue
 */
export function falFetch(wire: Wire, ticket: Ticket, fallback: Fetch): Fetch {
  return async (input, init) => {
    const url = urlOf(input);
    if (init?.method !== "POST" || !url.startsWith(`${wire.baseUrl}/`)) return fallback(input, init);
    const path = url.slice(wire.baseUrl.length);
    const signal = init.signal ?? new AbortController().signal;
    const id = ticket.id ?? (await placed(wire, { path, ...bodyOf(init), signal }, "request_id", ticket));
    const request = falRequest(path, id);
    await waitFor(wire, signal, async () => {
      const { status } = asObject(await look(wire, { path: `${request}/status`, signal }));
      return status === "COMPLETED" ? true : undefined;
    });
    try {
      return asJsonResponse(await look(wire, { path: request, signal }));
    } catch (error) {
      throw refusalOr(wire, error);
    }
  };
}

/**
 * Photos are in the request itself, and fal keeps requests for 30 days unless it is told not to; its images go after an
 * hour.
 *
 * @see https://docs.fal.ai/documentation/model-apis/media-expiration
 */
export const falHeaders = (key: string): Record<string, string> => ({
  authorization: `Key ${key}`,
  "x-fal-store-io": "0",
  "x-fal-object-lifecycle-preference": JSON.stringify({ expiration_duration_seconds: imageHours * 3_600 }),
});

/** @param path of the model, with a slash @returns where a request lies: behind owner and name, without what follows */
export function falRequest(path: string, id: string): string {
  const parts = path.split("/").filter(Boolean);
  const length = parts[0] === "workflows" || parts[0] === "comfy" ? 3 : 2;
  return `/${parts.slice(0, length).join("/")}/requests/${id}`;
}

/** Stops a request that waits or runs. */
export async function cancelFal(wire: Wire, model: string, id: string, signal: AbortSignal): Promise<void> {
  try {
    await ask(wire, { method: "PUT", path: `${falRequest(`/${model}`, id)}/cancel`, signal });
  } catch (error) {
    // it was done already
    if (!(error instanceof WireError && error.status === 400)) throw error;
  }
}

/**
 * The AI SDK has Replicate hold the line until it is done; here the number comes at once and is kept, and the SDK gets
 * the prediction once it has ended.
 *
 * @see https://replicate.com/docs/reference/http
 */
export function replicateFetch(wire: Wire, ticket: Ticket, fallback: Fetch): Fetch {
  return async (input, init) => {
    const url = urlOf(input);
    if (init?.method !== "POST" || !url.startsWith(`${wire.baseUrl}/`)) return fallback(input, init);
    const path = url.slice(wire.baseUrl.length);
    const signal = init.signal ?? new AbortController().signal;
    const id = ticket.id ?? (await placed(wire, { path, ...bodyOf(init), signal }, "id", ticket));
    const prediction = await waitFor(wire, signal, async () => {
      const seen = asObject(await look(wire, { path: `/predictions/${id}`, signal }));
      return seen["status"] === "starting" || seen["status"] === "processing" ? undefined : seen;
    });
    if (prediction["status"] === "succeeded") return asJsonResponse(prediction);
    const said = wordsOf(prediction["error"], wire.secret);
    const message = `ended with ${String(prediction["status"])}${said === "" ? "" : `: ${said}`}`;
    throw refusalOr(wire, new WireError("failed", message, { said }));
  };
}

/** Stops a prediction; one that has ended stays as it is. */
export async function cancelReplicate(wire: Wire, id: string, signal: AbortSignal): Promise<void> {
  await ask(wire, { method: "POST", path: `/predictions/${id}/cancel`, signal });
}

/**
 * Places a request and keeps its number. It is short, and without its number the request would be paid and lost: so it
 * is let finish for a moment when the order is stopped.
 */
async function placed(wire: Wire, question: Omit<Question, "method">, field: string, ticket: Ticket): Promise<string> {
  question.signal.throwIfAborted();
  const answer = asObject(await place(wire, { method: "POST", ...question, signal: lingering(question.signal) }));
  const id = Id.safeParse(answer[field]);
  if (!id.success) throw new WireError("odd", "took the order and gave it no number");
  await ticket.keep(id.data);
  question.signal.throwIfAborted();
  return id.data;
}

/** Ends a moment after the other one. */
function lingering(signal: AbortSignal): AbortSignal {
  const own = new AbortController();
  signal.addEventListener("abort", () => setTimeout(() => own.abort(signal.reason), lingerMs).unref(), { once: true });
  return own.signal;
}

function bodyOf(init: RequestInit): { json: object } {
  const json: unknown = typeof init.body === "string" ? JSON.parse(init.body) : null;
  if (!isJsonObject(json)) throw new TypeError("The SDK sent something else than JSON.");
  return { json };
}

/** A picture that a provider does not want is the order's fault, not the provider's. */
function refusalOr(wire: Wire, error: unknown): unknown {
  if (!(error instanceof WireError) || error.said === "" || !unwanted.test(error.said)) return error;
  return new AppError("invalid_input", `${wire.label} refused the order: ${error.said}.`);
}
