import { pipeline, Readable, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from "node:zlib";
import { Agent, errors } from "undici";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { Endpoint } from "@/lib/models/catalogue";
import { dispatch, type UpstreamResponse } from "./upstream-body";
import { silenceMs } from "./upstream-call";
import { upstreamError } from "./upstream-error";

export type { UpstreamResponse } from "./upstream-body";

/** Largest answer that is read whole, in bytes. */
const maxAnswerBytes = 64 * 1024 * 1024;

const held = globalThis as { facesUpstream?: Agent };

// one agent, so that connections to providers stay open; on globalThis because Next bundles this module more than once
function agent(): Agent {
  held.facesUpstream ??= new Agent({ keepAliveTimeout: 30_000 });
  return held.facesUpstream;
}

/**
 * Posts to a provider and waits for the head of its answer, whatever its status. Redirects are not followed.
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
  const { origin, pathname, search } = new URL(`${endpoint.baseUrl}${path}`);
  const options = {
    origin,
    path: pathname + search,
    method: "POST" as const,
    body,
    headersTimeout: silenceMs(),
    bodyTimeout: silenceMs(),
    headers: {
      "content-type": "application/json",
      "accept-encoding": "identity",
      ...credentials(endpoint),
      ...headers,
    },
  };
  try {
    return await dispatch(agent(), options, signal);
  } catch (error) {
    throw signal.aborted ? signal.reason : unreachable(endpoint, error);
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

/**
 * The body of an answer as it comes. Whoever leaves it early closes the connection, unless all that was left is a tail.
 *
 * @throws {AppError} `upstream_failed`
 */
export async function* streamUpstream(
  endpoint: Endpoint,
  response: UpstreamResponse,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    yield* decoded(response);
  } catch (error) {
    throw signal.aborted ? signal.reason : unreachable(endpoint, error);
  }
}

/** Some gateways compress although they were asked not to. */
function decoded({ body, headers }: UpstreamResponse): AsyncIterable<Uint8Array> {
  const encoding = String(headers["content-encoding"] ?? "identity").toLowerCase();
  const create = decoders[encoding.replace(/^x-/, "")];
  // errors of either side reach whoever reads the decoder
  return create === undefined ? body : pipeline(Readable.from(body), create(), () => undefined);
}

const decoders: Record<string, () => Transform> = {
  gzip: createGunzip,
  br: createBrotliDecompress,
  deflate: createInflate,
  zstd: createZstdDecompress,
};

function credentials({ wire, apiKey }: Endpoint): Record<string, string> {
  if (apiKey === null) return {};
  return wire === "anthropic" ? { "x-api-key": apiKey } : { authorization: `Bearer ${apiKey}` };
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
