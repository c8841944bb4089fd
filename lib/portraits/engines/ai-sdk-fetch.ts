import { fetch } from "undici";
import { parseJson } from "@/lib/json";
import { downloadBytes, maxImageBytes } from "./download";
import { megabytes, pause, readBounded, type Wire } from "./wire";
import { WireError, wordsOf } from "./wire-error";

export type Fetch = typeof globalThis.fetch;

const tries = 4;
const longestPauseMs = 30_000;
const mostErrorBytes = 1024 * 1024;

/**
 * A fetch for the AI SDK's providers. Answers are bounded in size and time, redirects not followed, and whatever lies
 * at another host than the provider's comes as an image through the guard. An order is sent again only when it was
 * certainly not taken. It throws `WireError`s, which the SDK passes on as they are.
 *
 * @param images how many one answer may hold
 */
export function providerFetch(wire: Wire, images: number): Fetch {
  // images come as base64, which takes four bytes for three
  const maxBytes = Math.ceil((maxImageBytes * 4) / 3) * images + mostErrorBytes;
  return async (input, init) => {
    const url = urlOf(input);
    const signal = init?.signal ?? new AbortController().signal;
    if (!url.startsWith(`${wire.baseUrl}/`)) return asResponse(await downloadBytes(wire, url, signal));
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(wire, url, init, { signal, maxBytes });
      } catch (error) {
        const isUntaken = error instanceof WireError && error.isUntaken;
        const isLong = error instanceof WireError && (error.retryAfterSeconds ?? 0) * 1000 > longestPauseMs;
        if (!isUntaken || isLong || attempt >= tries) throw error;
        await pause(wire, attempt, signal, error.retryAfterSeconds);
      }
    }
  };
}

type Bounds = { signal: AbortSignal; maxBytes: number };

async function once(wire: Wire, url: string, init: RequestInit | undefined, bounds: Bounds): Promise<Response> {
  const { signal, maxBytes } = bounds;
  try {
    const response = await fetch(url, {
      ...(await bodyOf(init)),
      method: init?.method ?? "GET",
      redirect: "manual",
      dispatcher: wire.dispatcher,
      signal: AbortSignal.any([signal, AbortSignal.timeout(wire.timeoutMs)]),
    });
    const bytes = await readBounded(response, response.ok ? maxBytes : mostErrorBytes);
    if (bytes === null) throw new WireError("odd", `answered with more than ${megabytes(maxBytes)} MB`);
    const { status } = response;
    if (status >= 300 && status < 400) throw new WireError("odd", "redirects, which is not followed");
    if (response.ok) return asResponse(bytes, response.headers.get("content-type") ?? "application/json");
    const asked = Number(response.headers.get("retry-after") ?? "");
    const body = parseJson(bytes.toString("utf8"));
    throw WireError.ofStatus(
      status,
      wordsOf(body, wire.secret),
      Number.isFinite(asked) && asked > 0 ? asked : null,
      body,
    );
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof WireError ? error : WireError.ofNetwork(error);
  }
}

/** Node's own forms are unknown to undici's package: they go as the bytes that they become. */
async function bodyOf(init: RequestInit | undefined): Promise<{ body?: Uint8Array; headers: Record<string, string> }> {
  const headers = Object.fromEntries(new Headers(init?.headers));
  if (init?.body === undefined || init.body === null) return { headers };
  const encoded = new Response(init.body);
  const type = encoded.headers.get("content-type");
  const body = new Uint8Array(await encoded.arrayBuffer());
  return { body, headers: type === null || "content-type" in headers ? headers : { ...headers, "content-type": type } };
}

export function urlOf(input: Parameters<Fetch>[0]): string {
  return typeof input === "string" ? input : input instanceof URL ? input.href : input.url;
}

/** What the SDK reads as an answer. */
export function asResponse(bytes: Uint8Array, type = "application/octet-stream"): Response {
  return new Response(Uint8Array.from(bytes), { status: 200, headers: { "content-type": type } });
}

/** JSON that the SDK reads as an answer. */
export function asJsonResponse(value: unknown): Response {
  return asResponse(new TextEncoder().encode(JSON.stringify(value)), "application/json");
}
