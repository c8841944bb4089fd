import { fetch } from "undici";
import { AppError } from "@/lib/errors";
import { guardedFetch } from "@/lib/net/guarded-fetch";
import type { MadeImage } from "../engine";
import { readImageHead } from "./image-head";
import { markImage } from "./mark-image";
import { megabytes, pause, readBounded, type Wire } from "./wire";
import { WireError } from "./wire-error";

/** The largest image that is taken from anywhere. */
export const maxImageBytes = 30 * 1024 * 1024;

const types = /^(?:image\/.+|application\/octet-stream|binary\/octet-stream)$/u;
const timeoutMs = 60_000;
const tries = 3;
const maxRedirects = 3;

/**
 * An image behind an address that an engine answered with. At the engine's own host it is asked for with the engine's
 * headers; from anywhere else it comes through `guardedFetch`, without any, and never from a private address.
 *
 * @throws {WireError} it cannot be had, is larger than 30 MB, or is no image
 */
export async function downloadImage(wire: Wire, url: string, seed: number, signal: AbortSignal): Promise<MadeImage> {
  for (let attempt = 1; ; attempt++) {
    try {
      return toMadeImage(await downloadBytes(wire, url, signal), seed, wire.label);
    } catch (error) {
      const isPassing = error instanceof WireError && error.isPassing;
      if (!isPassing || attempt >= tries) throw error;
      await pause(wire, attempt, signal);
    }
  }
}

/** An image in memory as an order's result, marked with who made it. @throws {WireError} it is no PNG, JPEG or WebP */
export function toMadeImage(bytes: Uint8Array, seed: number, maker: string): MadeImage {
  const head = readImageHead(bytes);
  if (head === null) throw new WireError("odd", "gave an image that is no PNG, JPEG or WebP");
  return { bytes: markImage(bytes, head, maker), ...head, seed };
}

/** The bytes behind an address. @throws {WireError} */
export async function downloadBytes(wire: Wire, address: string, signal: AbortSignal): Promise<Uint8Array> {
  const base = new URL(wire.baseUrl);
  let url = URL.canParse(address, base) ? new URL(address, base) : null;
  for (let redirects = 0; url !== null && url.origin === base.origin && redirects <= maxRedirects; redirects++) {
    const answer = await fromOwnHost(wire, url, signal);
    if (!(answer instanceof URL)) return answer;
    url = answer;
  }
  if (url === null || url.origin === base.origin) throw new WireError("odd", "gave an address that leads nowhere");
  try {
    return (await guardedFetch(url.href, { signal, types, maxBytes: maxImageBytes }, wire.network)).bytes;
  } catch (error) {
    signal.throwIfAborted();
    throw ofGuard(error, url);
  }
}

async function fromOwnHost(wire: Wire, url: URL, signal: AbortSignal): Promise<Uint8Array | URL> {
  try {
    const response = await fetch(url, {
      headers: wire.headers,
      redirect: "manual",
      dispatcher: wire.dispatcher,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    const location = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      if (!URL.canParse(location, url)) throw new WireError("odd", "gave an address that leads nowhere");
      return new URL(location, url);
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw WireError.ofStatus(response.status, "its image is not there", null);
    }
    const bytes = await readBounded(response, maxImageBytes);
    if (bytes === null) throw tooLarge();
    return bytes;
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof WireError ? error : WireError.ofNetwork(error);
  }
}

function tooLarge(): WireError {
  return new WireError("odd", `gave an image of more than ${megabytes(maxImageBytes)} MB`);
}

/** What the guard says is meant for people who import pages. */
function ofGuard(error: unknown, url: URL): WireError {
  if (!(error instanceof AppError)) return WireError.ofNetwork(error);
  switch (error.code) {
    case "too_large":
      return tooLarge();
    case "unsupported_type":
      return new WireError("odd", `gave an address at ${url.host} that holds no image`);
    case "invalid_input":
      return new WireError("odd", "gave an address that is not on the public internet, so it is not fetched");
    default:
      return new WireError("undelivered", `made an image that could not be fetched from ${url.host}`);
  }
}
