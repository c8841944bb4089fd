import { lookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { Agent, fetch, type Response } from "undici";
import { AppError } from "@/lib/errors";
import { isPublicAddress } from "./public-address";
import { bareHost, notPublic, requirePublicUrl } from "./public-url";

type Address = { address: string; family: number };

/** How names become addresses and which may be connected to. Tests bring their own; nothing else does. */
export type Network = {
  lookup(host: string): Promise<Address[]>;
  isAllowed(address: string, port: number): boolean;
};

export const internet: Network = {
  lookup: (host) => lookup(host, { all: true }),
  isAllowed: (address) => isPublicAddress(address),
};

export type GuardedRequest = {
  signal: AbortSignal;
  /** of the body, unpacked */
  maxBytes: number;
  /** media types that are taken, without parameters */
  types: RegExp;
  /** sent as JSON by POST, which is never redirected */
  json?: object;
  /** nobody reads the body: whatever the other side answers is told by its status */
  isStatusOnly?: boolean;
  /** what to do about an answer that is none; unless said, for a text that is imported */
  advice?: string;
};

/** `url` is where the body came from in the end; `contentType` has its parameters. */
export type Fetched = { url: URL; status: number; contentType: string; bytes: Buffer };

const maxRedirects = 5;
const timeoutMs = 20_000;
const connectTimeoutMs = 8_000;
const headers = {
  "user-agent": "Mozilla/5.0 (compatible; Faces importer)",
  accept: "text/html, text/plain, text/markdown, application/pdf, application/json;q=0.9, */*;q=0.5",
  "accept-language": "en, *;q=0.5",
};

/**
 * Fetches a URL that somebody else wrote, without ever connecting to anything that is not public.
 *
 * A name is resolved once; all its addresses must be public, and the connection goes to these and no others, whatever
 * the name means a moment later. Every redirect begins anew. No cookies, no credentials, no proxy.
 *
 * @throws {AppError} `invalid_input` not a public address; `unreadable` no answer, or not a good one; `too_large`;
 *   `unsupported_type`
 */
export async function guardedFetch(
  address: string,
  request: GuardedRequest,
  network: Network = internet,
): Promise<Fetched> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
  const unreadable = (at: URL, what: string, cause?: unknown) => unanswered(at, what, request.advice, cause);
  let url = requirePublicUrl(address);
  try {
    for (let redirects = 0; ; redirects++) {
      const answer = await once(url, { ...request, signal }, network);
      if (!(answer instanceof URL)) return answer;
      if (redirects === maxRedirects) throw unreadable(url, "redirects too often");
      url = answer;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    request.signal.throwIfAborted();
    throw unreadable(url, signal.aborted ? "took too long to answer" : "could not be reached", error);
  }
}

/** One request. @returns where it redirects to, or what it answered */
async function once(url: URL, request: GuardedRequest, network: Network): Promise<Fetched | URL> {
  const addresses = await resolve(url, request.signal, network);
  const dispatcher = new Agent({ connections: 1, connect: { lookup: pinned(addresses), timeout: connectTimeoutMs } });
  try {
    const { json, signal } = request;
    const response = await fetch(url, {
      dispatcher,
      signal,
      redirect: "manual",
      credentials: "omit",
      headers: { ...headers, ...(json && { "content-type": "application/json" }) },
      ...(json && { method: "POST", body: JSON.stringify(json) }),
    });
    const location = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && location !== null && json === undefined) {
      return requirePublicUrl(location, url);
    }
    const { status } = response;
    if (request.isStatusOnly) return { url, status, contentType: "", bytes: Buffer.alloc(0) };
    if (!response.ok) throw unanswered(url, `answered with status ${status}`, request.advice);
    return await read(url, response, request);
  } finally {
    await dispatcher.destroy();
  }
}

async function resolve(url: URL, signal: AbortSignal, network: Network): Promise<Address[]> {
  const host = bareHost(url);
  const family = isIP(host);
  const port = Number(url.port === "" ? (url.protocol === "https:" ? 443 : 80) : url.port);
  const addresses = family === 0 ? await abortable(network.lookup(host), signal) : [{ address: host, family }];
  const isPublic = addresses.length > 0 && addresses.every(({ address }) => network.isAllowed(address, port));
  if (!isPublic) throw notPublic();
  return addresses;
}

/** A resolver that knows only what was checked. */
function pinned(addresses: Address[]): LookupFunction {
  const [first] = addresses;
  return (_host, options, done) => {
    if (options.all === true) return done(null, addresses);
    done(null, first?.address ?? "", first?.family ?? 4);
  };
}

async function read(url: URL, response: Response, { types, maxBytes }: GuardedRequest): Promise<Fetched> {
  const contentType = response.headers.get("content-type") ?? "application/octet-stream";
  const [mediaType = ""] = contentType.split(";");
  if (!types.test(mediaType.trim().toLowerCase())) {
    throw new AppError("unsupported_type", `${url.host} answered with ${mediaType.trim()}, which cannot be imported.`, {
      param: "url",
    });
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  // counted behind the unpacking: a small body can hold a large one
  for await (const part of response.body ?? []) {
    size += (part as Uint8Array).byteLength;
    if (size > maxBytes) {
      const sentence = `What ${url.host} answered is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB.`;
      throw new AppError("too_large", sentence, { param: "url" });
    }
    parts.push(part as Uint8Array);
  }
  return { url, status: response.status, contentType, bytes: Buffer.concat(parts) };
}

/** The system's resolver cannot be stopped, but need not be waited for. */
function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const stop = () => reject(signal.reason as Error);
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

function unanswered(
  url: URL,
  what: string,
  advice = "Check the address, or upload the text itself.",
  cause?: unknown,
): AppError {
  return new AppError("unreadable", `${url.host} ${what}. ${advice}`, { param: "url", cause });
}
