import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import { AppError } from "@/lib/errors";
import { endpointOf, findModel, type ServedModel, servedModels } from "@/lib/models/catalogue";
import { listNames } from "@/lib/models/name-models";
import { answerHeaders, clientGone, unlimitedOutputTokens } from "./complete-chat";
import { inputText } from "./estimate-tokens";
import { requireKeyAllowsModel } from "./find-target";
import { type Meter, openMeter } from "./meter";
import { asksForUsage, proxyBody } from "./proxy-body";
import { clientHeaders, providerHeaders } from "./proxy-headers";
import { proxyPieces, readProxyAnswer } from "./proxy-usage";
import { toSse } from "./sse-events";
import { startStream } from "./stream";
import { postUpstream, readUpstream, streamUpstream, type UpstreamResponse } from "./upstream";
import { openCall, type UpstreamCall } from "./upstream-call";

export type ProxiedProvider = "openai" | "anthropic";

/** All that must be known of a provider's native request is its model; whether the rest is right, the provider says. */
export const ProxyRequest = z.looseObject({ model: z.string().min(1).max(200) });
export type ProxyRequest = z.infer<typeof ProxyRequest>;

const paths: Record<ProxiedProvider, string> = { openai: "/chat/completions", anthropic: "/messages" };

type ProxyInput = {
  request: ProxyRequest;
  /** the request as it came */
  bytes: Uint8Array;
  headers: Headers;
  /** of the address, with its question mark; empty when there is none */
  search: string;
  toErrorBody: (error: unknown) => unknown;
};

/**
 * Passes a request to a provider in its native format, and its answer back, errors and all; only the bill is ours.
 *
 * @throws {AppError} `model_not_found` no key for the provider, or no price for the model; `invalid_input` it asks for
 *   what has no price; billing's errors; `upstream_failed` when the provider cannot be reached
 */
export async function proxyRequest(ctx: Ctx, provider: ProxiedProvider, input: ProxyInput): Promise<Response> {
  const startedAt = performance.now();
  const { request } = input;
  const model = requireProxied(provider, request.model);
  requireKeyAllowsModel(ctx, model);
  const body = proxyBody(provider, request, input.bytes);
  const meter = await openMeter(ctx, {
    kind: "proxy",
    model,
    face: null,
    body: request,
    maxOutputTokens: mostOutput(request, model),
    isBounded: askedOutput(request) !== undefined,
    inputText: () => inputText(request),
    sections: [],
    clientText: () => null,
    core: [],
    items: [],
    startedAt,
    retrieveMs: null,
  });
  const call = openCall(ctx.signal);
  const path = `${paths[provider]}${input.search}`;
  try {
    const headers = providerHeaders(provider, input.headers);
    const response = await postUpstream(model.endpoint, path, body, call.signal, headers);
    const answer: ProxyAnswer = { provider, model, meter, call, response, startedAt };
    if (isStream(response)) return await streamedAnswer(answer, input);
    return await wholeAnswer(answer);
  } catch (error) {
    call.abort();
    call.close();
    await meter.release();
    if (ctx.signal.aborted) return clientGone();
    throw error;
  }
}

type ProxyAnswer = {
  provider: ProxiedProvider;
  model: ServedModel;
  meter: Meter;
  call: UpstreamCall;
  response: UpstreamResponse;
  startedAt: number;
};

async function streamedAnswer(
  { provider, model, meter, call, response, startedAt }: ProxyAnswer,
  { request, toErrorBody }: ProxyInput,
): Promise<Response> {
  const source = streamUpstream(model.endpoint, response, call.signal);
  const body = await startStream(proxyPieces(provider, source, asksForUsage(request)), {
    startedAt,
    call,
    meter,
    toErrorEvent: (error) => toSse(toErrorBody(error), provider === "anthropic" ? "error" : undefined),
  });
  const headers = { ...clientHeaders(response), "cache-control": "no-cache, no-transform" };
  return new Response(body, { status: response.statusCode, headers: { ...headers, ...answerHeaders(model, meter) } });
}

/** An answer that is no stream: a completion, or the provider's own error, which costs nothing. */
async function wholeAnswer({ provider, model, meter, call, response, startedAt }: ProxyAnswer): Promise<Response> {
  const { statusCode: status } = response;
  if (status >= 300 && status < 400) {
    throw new AppError("upstream_failed", `${model.endpoint.label} answered ${status}: redirects are not followed.`);
  }
  const bytes = await readUpstream(model.endpoint, response, call.signal);
  call.close();
  const answered = (cost: bigint | null) =>
    new Response(Buffer.from(bytes), {
      status,
      headers: { ...clientHeaders(response), ...answerHeaders(model, meter, cost) },
    });
  const read = status >= 400 ? null : readProxyAnswer(provider, bytes);
  if (read === null) {
    await meter.release();
    return answered(null);
  }
  return answered(await meter.settle({ ...read, firstByteMs: Math.round(performance.now() - startedAt) }));
}

function isStream({ statusCode, headers }: UpstreamResponse): boolean {
  return statusCode < 300 && String(headers["content-type"] ?? "").includes("text/event-stream");
}

/** The most tokens that may come back. What is no number of tokens, the provider will refuse. */
function mostOutput(request: ProxyRequest, { maxOutputTokens }: ServedModel): number {
  const asked = askedOutput(request) ?? unlimitedOutputTokens;
  return Math.min(asked, maxOutputTokens) * (isCount(request["n"]) ? request["n"] : 1);
}

function askedOutput(request: ProxyRequest): number | undefined {
  return [request["max_completion_tokens"], request["max_tokens"]].find(isCount);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0;
}

/** @throws {AppError} `model_not_found` */
function requireProxied(provider: ProxiedProvider, name: string): ServedModel {
  const label = provider === "openai" ? "OpenAI" : "Anthropic";
  if (endpointOf(provider) === null) {
    throw new AppError("model_not_found", `This installation has no key for ${label}.`, { param: "model" });
  }
  const model = findModel(name);
  if (model?.provider === provider) return model;
  const ids = servedModels().flatMap((served) => (served.provider === provider ? [served.id] : []));
  const sentence = `${label}'s ${name} is not served here. Served: ${listNames(ids, name)}.`;
  throw new AppError("model_not_found", sentence, { param: "model" });
}
