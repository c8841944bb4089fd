import { randomBytes } from "node:crypto";
import { publicUrl } from "@/lib/env";

/** Where the page's nonce stands in a request on its way to Next. */
export const nonceHeader = "x-nonce";

/** Headers by their names in lower case. */
export type HeaderMap = Record<string, string>;

/** Who may show a page in a frame: origins as `frame-ancestors` takes them; none is nobody. */
export type Framers = readonly string[];

const secondsOfAYear = 31_536_000;

/** On every answer. */
export const securityHeaders: HeaderMap = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
};

const nobody = { "x-frame-options": "DENY" };

/** Features of browsers that no page here uses; the recorder is the one that hears. */
const unused = ["camera", "display-capture", "geolocation", "midi", "payment", "serial", "usb", "browsing-topics"];

/** On answers that are no pages: should a browser show one all the same, nothing in it may run or load. */
export function apiHeaders(): HeaderMap {
  return (known.api ??= {
    ...securityHeaders,
    ...nobody,
    ...transportHeaders(),
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  });
}

/** On scripts, styles and pictures of ours. */
export function fileHeaders(): HeaderMap {
  return (known.file ??= { ...securityHeaders, ...transportHeaders() });
}

/**
 * On a page. Its scripts run by its nonce, and what they load by them; there is no other way in.
 *
 * @param framers who may frame it; null: it is one of our own pages, which nobody may
 */
export function pageHeaders(nonce: string, framers: Framers | null): HeaderMap {
  return {
    ...securityHeaders,
    ...(framers === null ? nobody : {}),
    ...transportHeaders(),
    "content-security-policy": pagePolicy(nonce, framers),
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": [
      `microphone=${framers === null ? "(self)" : "()"}`,
      ...unused.map((feature) => `${feature}=()`),
    ].join(", "),
  };
}

export function newNonce(): string {
  return randomBytes(18).toString("base64");
}

const known: { api?: HeaderMap; file?: HeaderMap; transport?: HeaderMap } = {};

/** What only an installation that is reached over TLS may promise. */
function transportHeaders(): HeaderMap {
  known.transport ??=
    publicUrl().protocol === "https:" ? { "strict-transport-security": `max-age=${secondsOfAYear}` } : {};
  return known.transport;
}

function pagePolicy(nonce: string, framers: Framers | null): string {
  const own = framers === null ? "'none'" : ["'self'", ...framers].join(" ");
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    // parts of others bring their styles along; styles run nothing
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${own}`,
  ].join("; ");
}
