import { AppError } from "@/lib/errors";
import { parseJson } from "@/lib/json";
import type { Endpoint } from "@/lib/models/catalogue";
import {
  AnthropicEvent,
  anthropicEventText,
  AnthropicMessage,
  anthropicText,
  ChunkWriter,
  fromAnthropicMessage,
  readAnthropicUsage,
} from "./anthropic";
import { toAnthropicRequest } from "./anthropic-request";
import type { Engine, EngineCall, Piece } from "./engine";
import { requireEventStream } from "./openai-engine";
import { type ChunkHead, toUsageChunk } from "./openai";
import { splitSseEvents, toSse } from "./sse-events";
import { askUpstream, readUpstream, streamUpstream, type UpstreamResponse } from "./upstream";
import { streamedError } from "./upstream-error";

/** The version of the Messages API that the mapping is written for. */
export const anthropicVersion = "2023-06-01";

/** A comment, which no client reads, for Anthropic's ping: it keeps proxies from closing a connection that is quiet. */
const keepAlive = new TextEncoder().encode(": ping\n\n");

/** Claude behind OpenAI's wire. */
export const anthropicEngine: Engine = {
  async plain(call) {
    const { endpoint } = call.model;
    const bytes = await readUpstream(endpoint, await ask(call), call.signal);
    const message = AnthropicMessage.safeParse(parseJson(new TextDecoder().decode(bytes)));
    if (!message.success)
      throw new AppError("upstream_failed", `${endpoint.label} sent something that is not a message.`);
    const usage = readAnthropicUsage(message.data.usage);
    const completion = fromAnthropicMessage(message.data, headOf(call), usage ?? { input: 0, output: 0 });
    return { body: new TextEncoder().encode(JSON.stringify(completion)), text: anthropicText(message.data), usage };
  },

  async stream(call) {
    const { endpoint } = call.model;
    const response = await ask(call);
    requireEventStream(endpoint, response);
    const asksForUsage = call.request.stream_options?.include_usage === true;
    return anthropicPieces(endpoint, streamUpstream(endpoint, response, call.signal), headOf(call), asksForUsage);
  },
};

function ask({ model, request, lastingPersona, signal }: EngineCall): Promise<UpstreamResponse> {
  const body = JSON.stringify(toAnthropicRequest(request, model, lastingPersona()));
  return askUpstream(model.endpoint, "/messages", body, signal, { "anthropic-version": anthropicVersion });
}

function headOf({ answerId, model }: EngineCall): ChunkHead {
  return { id: answerId, created: Math.floor(Date.now() / 1000), model: model.id };
}

/**
 * Anthropic's stream as OpenAI's.
 *
 * @throws {AppError} `upstream_failed` an error event, or an end before the message was finished
 */
export async function* anthropicPieces(
  endpoint: Endpoint,
  source: AsyncIterable<Uint8Array>,
  head: ChunkHead,
  asksForUsage: boolean,
): AsyncGenerator<Piece> {
  const writer = new ChunkWriter(head);
  let usage: Piece["usage"] | null = null;
  let isDone = false;
  for await (const { data } of splitSseEvents(source)) {
    if (data === null) continue;
    const parsed = AnthropicEvent.safeParse(parseJson(data));
    if (!parsed.success) throw new AppError("upstream_failed", `${endpoint.label} sent an event that cannot be read.`);
    const event = parsed.data;
    if (event.type === "error") throw streamedError(endpoint, data);
    if (event.type === "message_stop") isDone = true;
    usage = readAnthropicUsage(event.message?.usage ?? event.usage, usage);
    // the start tells one token of output, which is no count of what will have been written when the client leaves
    if (event.type === "message_start" && usage !== null) usage = { ...usage, output: 0 };
    const chunk = writer.chunk(event);
    const bytes = chunk === null ? (event.type === "ping" ? keepAlive : null) : toSse(chunk);
    yield { bytes, text: anthropicEventText(event), ...(usage === null ? {} : { usage }) };
  }
  if (!isDone) throw new AppError("upstream_failed", `${endpoint.label} ended the stream in the middle of the answer.`);
  if (asksForUsage && usage) yield { bytes: toSse(toUsageChunk(head, usage)), text: "" };
  yield { bytes: toSse("[DONE]"), text: "", isEnd: true };
}
