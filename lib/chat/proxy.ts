import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import type { TokenUsage } from "@/lib/billing/prices";
import { usdFromMicroUsd } from "@/lib/billing/money";
import { AppError } from "@/lib/errors";
import { endpointOf, findModel, type ServedModel, servedModels } from "@/lib/models/catalogue";
import { anthropicVersion } from "./anthropic-engine";
import { answerHeaders, clientGone, unlimitedOutputTokens } from "./complete-chat";
import { requireKeyAllowsModel } from "./find-target";
import { type Meter, openMeter } from "./meter";
import { proxyPieces, readProxyAnswer } from "./proxy-usage";
import { toSse } from "./sse-events";
import { startStream } from "./stream";
import { callSignal, postUpstream, readUpstream, streamUpstream, type UpstreamResponse } from "./upstream";

export type ProxiedProvider = "openai" | "anthropic";

const positive = z.int().min(1);

/** What Faces must know of a provider's native request to price it; all else is the provider's to judge. */
export const ProxyRequest = z.looseObject({
  model: z.string().min(1).max(200),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: positive.nullish(),
  max_completion_tokens: positive.nullish(),
  n: positive.max(128).nullish(),
});
export type ProxyRequest = z.infer<typeof ProxyRequest>;

const paths: Record<ProxiedProvider, string> = { openai: "/chat/completions", anthropic: "/messages" };

/** Headers of the client that belong to the provider's wire. Its credentials are ours, so no others. */
const forwardedHeaders = ["anthropic-version", "anthropic-beta", "openai-beta"];

/** Headers of the answer that mean something behind a proxy. */
const returnedHeaders =
  /^(?:content-type|retry-after(?:-ms)?|request-id|x-should-retry|x-ratelimit-.*|anthropic-ratelimit-.*|openai-processing-ms|openai-version)$/;

/**
 * Passes a request to a provider in its native format, and its answer back, errors and all; only the bill is ours.
 *
 * @throws {AppError} `model_not_found` no key for the provider, or no price for the model; billing's errors;
 *   `upstream_failed` when the provider cannot be reached
 */
export async function proxyRequest(
  ctx: Ctx,
  provider: ProxiedProvider,
  input: { request: ProxyRequest; headers: Headers; toErrorBody: (error: unknown) => unknown },
): Promise<Response> {
  const startedAt = performance.now();
  const { request } = input;
  const model = requireProxied(provider, request.model);
  requireKeyAllowsModel(ctx, model);
  const asked = request.max_completion_tokens ?? request.max_tokens ?? unlimitedOutputTokens;
  const meter = await openMeter(ctx, {
    kind: "proxy",
    model,
    face: null,
    body: request,
    maxOutputTokens: Math.min(asked, model.maxOutputTokens) * (request.n ?? 1),
    inputText: () => JSON.stringify(request["messages"] ?? ""),
    persona: null,
    core: [],
    items: [],
    startedAt,
    retrieveMs: null,
  });
  const leave = new AbortController();
  const signal = callSignal(AbortSignal.any([ctx.signal, leave.signal]));
  try {
    const response = await postUpstream(
      model.endpoint,
      paths[provider],
      toBody(provider, request),
      signal,
      wireHeaders(provider, input.headers),
    );
    const isStream = String(response.headers["content-type"] ?? "").includes("text/event-stream");
    if (response.statusCode >= 400 || !isStream)
      return await wholeAnswer({ provider, model, meter, response, signal, startedAt });
    const asksForUsage = provider === "anthropic" || request.stream_options?.include_usage === true;
    const pieces = proxyPieces(provider, streamUpstream(model.endpoint, response, signal), asksForUsage);
    const body = await startStream(pieces, {
      startedAt,
      gone: ctx.signal,
      abort: () => leave.abort(),
      settle: (outcome) => meter.settle(outcome),
      toErrorEvent: (error) => toSse(input.toErrorBody(error), provider === "anthropic" ? "error" : undefined),
    });
    const headers = {
      ...passedOn(response),
      "cache-control": "no-cache, no-transform",
      ...answerHeaders(model, meter),
    };
    return new Response(body, { status: response.statusCode, headers });
  } catch (error) {
    leave.abort();
    await meter.release();
    if (ctx.signal.aborted) return clientGone();
    throw error;
  }
}

/** @throws {AppError} `model_not_found` */
function requireProxied(provider: ProxiedProvider, name: string): ServedModel {
  const label = provider === "openai" ? "OpenAI" : "Anthropic";
  if (endpointOf(provider) === null) {
    throw new AppError("model_not_found", `This installation has no key for ${label}.`, { param: "model" });
  }
  const model = findModel(name);
  if (model?.provider === provider) return model;
  const known = servedModels().filter((served) => served.provider === provider);
  const ids = known.map(({ id }) => id).join(", ");
  throw new AppError("model_not_found", `${label}'s ${name} is not served here. Served: ${ids}.`, { param: "model" });
}

/** The client's own body; an OpenAI stream is asked for its usage, which is taken out again on the way back. */
function toBody(provider: ProxiedProvider, request: ProxyRequest): string {
  if (provider === "anthropic" || !request.stream) return JSON.stringify(request);
  return JSON.stringify({ ...request, stream_options: { ...request.stream_options, include_usage: true } });
}

function wireHeaders(provider: ProxiedProvider, headers: Headers): Record<string, string> {
  const sent: Record<string, string> = provider === "anthropic" ? { "anthropic-version": anthropicVersion } : {};
  for (const name of forwardedHeaders) {
    const value = headers.get(name);
    if (value !== null) sent[name] = value;
  }
  return sent;
}

type WholeAnswer = {
  provider: ProxiedProvider;
  model: ServedModel;
  meter: Meter;
  response: UpstreamResponse;
  signal: AbortSignal;
  startedAt: number;
};

/** An answer that is no stream: a completion, or the provider's own error, which costs nothing. */
async function wholeAnswer({ provider, model, meter, response, signal, startedAt }: WholeAnswer): Promise<Response> {
  const bytes = await readUpstream(model.endpoint, response, signal);
  const headers = { ...passedOn(response), ...answerHeaders(model, meter) };
  if (response.statusCode >= 400) {
    await meter.release();
    return new Response(Buffer.from(bytes), { status: response.statusCode, headers });
  }
  const read: { usage: TokenUsage | null; text: string } = readProxyAnswer(provider, bytes);
  const cost = await meter.settle({ ...read, firstByteMs: Math.round(performance.now() - startedAt) });
  const costHeader = cost === null ? {} : { "x-faces-cost-usd": String(usdFromMicroUsd(cost)) };
  return new Response(Buffer.from(bytes), { status: response.statusCode, headers: { ...headers, ...costHeader } });
}

function passedOn(response: UpstreamResponse): Record<string, string> {
  const kept = Object.entries(response.headers).filter(([name]) => returnedHeaders.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}
