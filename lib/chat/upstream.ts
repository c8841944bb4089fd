import type { Readable } from "node:stream";
import { pipeline } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { Agent, type Dispatcher, errors, request } from "undici";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { Endpoint } from "@/lib/models/catalogue";
import { upstreamError } from "./upstream-error";

export type UpstreamResponse = Dispatcher.ResponseData;

/** Largest answer that is read whole, in bytes. */
const maxAnswerBytes = 64 * 1024 * 1024;

/** How many times the timeout of silence an answer may take in all: a stream that never ends must end some time. */
const totalTimeouts = 4;

const held = globalThis as { facesUpstream?: Agent };

// one agent, so that connections to providers stay open; on globalThis because Next bundles this module more than once
function agent(): Agent {
  const timeout = env().UPSTREAM_TIMEOUT_SECONDS * 1000;
  held.facesUpstream ??= new Agent({ headersTimeout: timeout, bodyTimeout: timeout, keepAliveTimeout: 30_000 });
  return held.facesUpstream;
}

/** The longest that a call of a provider can last, in seconds. */
export function longestCallSeconds(): number {
  return env().UPSTREAM_TIMEOUT_SECONDS * totalTimeouts;
}

/** A signal for one call: the caller's going away, or the end of the longest time. */
export function callSignal(caller: AbortSignal): AbortSignal {
  return AbortSignal.any([caller, AbortSignal.timeout(longestCallSeconds() * 1000)]);
}

/**
 * Posts to a provider and waits for the head of its answer, whatever its status.
 *
 * @throws {AppError} `upstream_failed` it cannot be reached or stays silent
 * @throws the signal's reason when it is aborted
 */
export async function postUpstream(
  endpoint: Endpoint,
  path: string,
  body: string | Uint8Array,
  signal: AbortSignal,
  headers: Record<string, string> = {},
): Promise<UpstreamResponse> {
  try {
    return await request(`${endpoint.baseUrl}${path}`, {
      method: "POST",
      dispatcher: agent(),
      signal,
      body,
      headers: {
        "content-type": "application/json",
        "accept-encoding": "identity",
        ...credentials(endpoint),
        ...headers,
      },
    });
  } catch (error) {
    throw signal.aborted ? abortReason(signal) : unreachable(endpoint, error);
  }
}

/**
 * Like `postUpstream`, for a caller who wants the answer or an error of ours.
 *
 * @throws {AppError} `upstream_failed`, or `invalid_input` when the provider refused what the client sent
 */
export async function askUpstream(...call: Parameters<typeof postUpstream>): Promise<UpstreamResponse> {
  const response = await postUpstream(...call);
  if (response.statusCode >= 200 && response.statusCode < 300) return response;
  const [endpoint, , , signal] = call;
  const text = await readUpstream(endpoint, response, signal).catch(() => new Uint8Array());
  throw upstreamError(endpoint, response.statusCode, response.headers, new TextDecoder().decode(text));
}

/** The whole body of an answer. @throws {AppError} `upstream_failed` it broke off or is too large */
export async function readUpstream(
  endpoint: Endpoint,
  response: UpstreamResponse,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of streamUpstream(endpoint, response, signal)) {
    size += part.byteLength;
    if (size > maxAnswerBytes) throw new AppError("upstream_failed", `${endpoint.label} sent more than 64 MB.`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The body of an answer as it comes; leaving it early closes the connection. Errors are told as ours. */
export async function* streamUpstream(
  endpoint: Endpoint,
  response: UpstreamResponse,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of decoded(response)) yield chunk as Uint8Array;
  } catch (error) {
    throw signal.aborted ? abortReason(signal) : unreachable(endpoint, error);
  }
}

/** Some gateways compress although they were asked not to. */
function decoded({ body, headers }: UpstreamResponse): Readable {
  const decoders = { gzip: createGunzip, br: createBrotliDecompress, deflate: createInflate };
  const create = decoders[String(headers["content-encoding"]) as keyof typeof decoders];
  // errors of either side reach whoever reads the decoder
  return create === undefined ? body : pipeline(body, create(), () => undefined);
}

function credentials({ wire, apiKey }: Endpoint): Record<string, string> {
  if (apiKey === null) return {};
  return wire === "anthropic" ? { "x-api-key": apiKey } : { authorization: `Bearer ${apiKey}` };
}

/** Time running out is the provider's failure; anything else is the caller's going away. */
function abortReason(signal: AbortSignal): unknown {
  const { reason } = signal as { reason: unknown };
  if (!(reason instanceof DOMException) || reason.name !== "TimeoutError") return reason;
  return new AppError("upstream_failed", "The model did not finish its answer in time.", { cause: reason });
}

function unreachable({ label }: Endpoint, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const seconds = env().UPSTREAM_TIMEOUT_SECONDS;
  if (cause instanceof errors.HeadersTimeoutError || cause instanceof errors.BodyTimeoutError) {
    return new AppError("upstream_failed", `${label} sent nothing for ${seconds} seconds.`, { cause });
  }
  return new AppError("upstream_failed", `${label} could not be reached, or broke off: ${reasonOf(cause)}.`, { cause });
}

function reasonOf(cause: unknown): string {
  const { code, message } = (cause ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === "string") return code;
  return typeof message === "string" ? message : "unknown reason";
}
