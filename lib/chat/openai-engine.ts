import { AppError } from "@/lib/errors";
import type { Endpoint } from "@/lib/models/catalogue";
import type { Engine, EngineCall, Piece } from "./engine";
import { generatedText, isFinished, isUsageChunk, OpenAiAnswer, readOpenAiUsage, toOpenAiBody } from "./openai";
import { type SseEvent, splitSseEvents } from "./sse-events";
import { askUpstream, readUpstream, streamUpstream, type UpstreamResponse } from "./upstream";
import { streamedError } from "./upstream-error";

const path = "/chat/completions";

/** Models that speak OpenAI's wire: what they send goes to the client byte by byte. */
export const openAiEngine: Engine = {
  async plain(call) {
    const { endpoint } = call.model;
    const body = await readUpstream(endpoint, await ask(call), call.signal);
    const answer = OpenAiAnswer.safeParse(parseJson(new TextDecoder().decode(body)));
    if (!answer.success || !answer.data.choices) throw notAnAnswer(endpoint);
    return { body, text: generatedText(answer.data), usage: readOpenAiUsage(answer.data.usage) };
  },

  async stream(call) {
    const response = await ask(call);
    requireEventStream(call.model.endpoint, response);
    const asksForUsage = call.request.stream_options?.include_usage === true;
    return openAiPieces(call.model.endpoint, streamUpstream(call.model.endpoint, response, call.signal), asksForUsage);
  },
};

function ask({ model, request, signal }: EngineCall): Promise<UpstreamResponse> {
  return askUpstream(model.endpoint, path, JSON.stringify(toOpenAiBody(request, model)), signal);
}

/**
 * Reads along while a stream passes: the bytes stay as they are, and only the usage that nobody asked for is left out.
 *
 * @throws {AppError} `upstream_failed` an error event, or an end before the answer was finished
 */
export async function* openAiPieces(
  endpoint: Endpoint,
  source: AsyncIterable<Uint8Array>,
  asksForUsage: boolean,
): AsyncGenerator<Piece> {
  let isDone = false;
  for await (const event of splitSseEvents(source)) {
    const isEnd = event.data === "[DONE]";
    isDone ||= isEnd;
    const answer = readEvent(endpoint, event);
    if (answer === null) {
      yield { bytes: event.bytes, text: "", isEnd };
      continue;
    }
    isDone ||= isFinished(answer);
    const usage = readOpenAiUsage(answer.usage);
    const isHidden = !asksForUsage && isUsageChunk(answer);
    yield { bytes: isHidden ? null : event.bytes, text: generatedText(answer), ...(usage === null ? {} : { usage }) };
  }
  if (!isDone) throw new AppError("upstream_failed", `${endpoint.label} ended the stream in the middle of the answer.`);
}

/** What an event says; null for comments, the end mark and shapes we do not know, which pass all the same. */
function readEvent(endpoint: Endpoint, { event, data }: SseEvent): OpenAiAnswer | null {
  if (data === null || data === "[DONE]") return null;
  const json = parseJson(data);
  if (json === undefined) throw new AppError("upstream_failed", `${endpoint.label} sent an event that is not JSON.`);
  const isError = typeof json === "object" && json !== null && "error" in json && Boolean(json.error);
  if (event === "error" || isError) throw streamedError(endpoint, data);
  const answer = OpenAiAnswer.safeParse(json);
  return answer.success ? answer.data : null;
}

/** @throws {AppError} `upstream_failed` a page or a plain answer came where a stream was asked for */
export function requireEventStream(endpoint: Endpoint, { headers, body }: UpstreamResponse): void {
  const type = String(headers["content-type"] ?? "");
  if (type === "" || type.includes("text/event-stream")) return;
  body.on("error", () => undefined).destroy();
  throw new AppError("upstream_failed", `${endpoint.label} did not stream: it sent ${type}.`);
}

function notAnAnswer({ label }: Endpoint): AppError {
  return new AppError("upstream_failed", `${label} sent something that is not a chat completion.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
