import type { Ctx } from "@/lib/auth/context";
import { usdFromMicroUsd } from "@/lib/billing/money";
import { newId } from "@/lib/ids";
import type { ServedModel } from "@/lib/models/catalogue";
import type { retrieve } from "@/lib/retrieve/retrieve";
import { anthropicEngine } from "./anthropic-engine";
import { builtinEngine } from "./builtin-engine";
import { chatWire, type ClientWire, type NativeRequest } from "./client-wire";
import type { Engine, EngineCall } from "./engine";
import { estimateTokens, inputText } from "./estimate-tokens";
import { ggufEngine } from "./gguf-engine";
import { type Meter, type MeteredCall, openMeter } from "./meter";
import { openAiEngine } from "./openai-engine";
import { type PreparedChat, prepareChat } from "./prepare-chat";
import { askedOutputTokens, type ChatMessage, type ChatRequest, messageText } from "./schemas";
import { startStream } from "./stream";
import { openCall, type UpstreamCall } from "./upstream-call";

const engines: Record<ServedModel["endpoint"]["wire"], Engine> = {
  openai: openAiEngine,
  anthropic: anthropicEngine,
  builtin: builtinEngine,
  gguf: ggufEngine,
};

/** What is held for an answer whose client sets no limit; most answers are far shorter. */
export const unlimitedOutputTokens = 4_096;

/** The parts that tests replace. */
export type ChatParts = {
  retrieve: typeof retrieve;
  /** an error as the body of the last event of a stream */
  toErrorBody: (error: unknown) => unknown;
};

/**
 * Answers a chat completion, streamed or whole, in the shape of the client's wire.
 *
 * Whatever can fail fails before the first byte; later failures are a last event of the stream. What was delivered is
 * charged once, whoever ends it.
 *
 * @param native the client's own request, which takes the place of `request` for models that speak its wire
 * @throws {AppError} `not_found`, `model_not_found`, `forbidden`, `insufficient_credits`, `budget_exceeded`,
 *   `account_frozen`, `invalid_input`, `upstream_failed`
 */
export async function completeChat(
  ctx: Ctx,
  request: ChatRequest,
  parts: ChatParts,
  wire: ClientWire = chatWire,
  native?: NativeRequest,
): Promise<Response> {
  const startedAt = performance.now();
  const prepared = await prepareChat(ctx, request, parts.retrieve).catch(whereNotGone(ctx));
  if (prepared === null) return clientGone();
  const { face, model, said, persona, lastingPersona, retrieved } = prepared;
  wire.begin?.(prepared);
  const own = native?.wire === model.endpoint.wire ? native : null;
  const sent = own === null ? (wire.adapt?.(prepared.request, model) ?? prepared.request) : prepared.request;

  const meter = await openMeter(ctx, meteredCall({ ...prepared, request: sent }, own, startedAt));
  const upstream = openCall(ctx.signal);
  const { signal } = upstream;
  const answerId = `chatcmpl-${newId("request").slice(4)}`;
  const answering: Answering = {
    call: { model, request: sent, said, face, persona, lastingPersona, retrieved, answerId, signal },
    engine: own?.engine ?? engines[model.endpoint.wire],
    // what a native engine says is in the client's shape already
    wire: own === null ? wire : { ...chatWire, errorEvent: wire.errorEvent },
    upstream,
    meter,
    startedAt,
  };
  try {
    if (!request.stream) return await plainAnswer(answering);
    return await streamedAnswer(answering, parts.toErrorBody);
  } catch (error) {
    upstream.abort();
    upstream.close();
    await meter.release();
    if (ctx.signal.aborted) return clientGone();
    throw error;
  }
}

type Answering = {
  call: EngineCall;
  engine: Engine;
  wire: ClientWire;
  upstream: UpstreamCall;
  meter: Meter;
  startedAt: number;
};

async function plainAnswer({ call, engine, wire, upstream, meter, startedAt }: Answering): Promise<Response> {
  const { body, text, usage } = await wire.plain(await engine.plain(call));
  upstream.close();
  const cost = await meter.settle({ usage, text, firstByteMs: Math.round(performance.now() - startedAt) });
  const headers = { "content-type": "application/json", ...answerHeaders(call.model, meter, cost) };
  return new Response(Buffer.from(body), { headers });
}

async function streamedAnswer(
  { call, engine, wire, upstream, meter, startedAt }: Answering,
  toErrorBody: ChatParts["toErrorBody"],
): Promise<Response> {
  const { answerId, model, request } = call;
  const head = {
    model: model.id,
    answerId,
    // OpenAI's own wire has no use for it
    get inputTokens() {
      return estimateTokens(request.messages);
    },
  };
  const body = await startStream(wire.stream(await engine.stream(call), head), {
    startedAt,
    call: upstream,
    meter,
    toErrorEvent: (error) => wire.errorEvent(toErrorBody(error)),
  });
  const headers = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache, no-transform" };
  return new Response(body, { headers: { ...headers, ...answerHeaders(model, meter) } });
}

function meteredCall(
  { request, said, face, model, persona, sections, retrieved, told }: PreparedChat,
  native: NativeRequest | null,
  startedAt: number,
): MeteredCall {
  // it is not prompted: it answers from all that was found
  const { core, items } = model.endpoint.wire === "builtin" && retrieved !== null ? retrieved : told;
  const asked = askedOutputTokens(request);
  const perAnswer = Math.min(asked ?? unlimitedOutputTokens, model.maxOutputTokens);
  return {
    kind: "chat",
    model,
    face: face && { id: face.id, version: face.pinnedVersion ?? face.version },
    body: native === null ? request : { persona, body: native.body },
    request: native === null ? request : native.body,
    maxOutputTokens: perAnswer * (request.n ?? 1),
    isBounded: asked !== null,
    inputText: () => request.messages.map(messageText).join("\n"),
    sections,
    clientText: () => (said.some(hasMedia) ? null : inputText({ messages: said, tools: request["tools"] })),
    core,
    items,
    startedAt,
    retrieveMs: retrieved?.tookMs ?? null,
  };
}

function hasMedia({ content }: ChatMessage): boolean {
  return Array.isArray(content) && content.some(({ text }) => text === undefined);
}

/** What every answer tells beside its body. @param cost in micro-USD, null where it is not known yet */
export function answerHeaders(
  model: ServedModel,
  { traceId }: Meter,
  cost: bigint | null = null,
): Record<string, string> {
  // a server of one's own may name its models in any script, a header may not
  const headers = { "x-faces-trace-id": traceId, "x-faces-model": encodeURI(model.id) };
  return cost === null ? headers : { ...headers, "x-faces-cost-usd": String(usdFromMicroUsd(cost)) };
}

/** Handles what fails since the caller has gone, which is no failure. @throws the error when the caller is still there */
function whereNotGone({ signal }: Ctx): (error: unknown) => null {
  return (error) => {
    if (signal.aborted) return null;
    throw error;
  };
}

/** Nobody reads this; 499 is what proxies log for it. */
export function clientGone(): Response {
  return new Response(null, { status: 499 });
}
