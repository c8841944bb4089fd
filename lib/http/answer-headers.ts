import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "@/lib/log";
import { apiHeaders, fileHeaders, type Framers, newNonce, nonceHeader, pageHeaders } from "./security-headers";

/** Who may frame the page at a path; null: it is one of our own pages, which nobody may. */
export type FindFramers = (path: string) => Promise<Framers> | null;

/** Paths under which programs are answered, and none is a page. */
const programs = ["/v1", "/auth", "/api", "/tunes", "/prompts", "/gallery", "/users", "/cli", "/files"];
const files = /^\/_next\/|^\/[^/]+\.(?:js|svg|png|ico|txt|webmanifest)$/u;

/**
 * Sets the headers of an answer that Next gives, and tells Next the page's nonce, which it puts on its scripts.
 *
 * What the request itself says under these names is dropped: a nonce that a stranger chose is none.
 */
export async function setAnswerHeaders(
  { headers }: IncomingMessage,
  outgoing: ServerResponse,
  path: string,
  findFramers: FindFramers,
): Promise<void> {
  headers[nonceHeader] = undefined;
  delete headers["content-security-policy"];
  delete headers["content-security-policy-report-only"];
  if (files.test(path)) return set(outgoing, fileHeaders());
  if (programs.some((start) => isUnder(path, start))) return set(outgoing, apiHeaders());
  const nonce = newNonce();
  const found = pageHeaders(nonce, await framersOf(path, findFramers));
  headers[nonceHeader] = nonce;
  headers["content-security-policy"] = found["content-security-policy"];
  set(outgoing, found);
}

function isUnder(path: string, start: string): boolean {
  return path === start || path === `${start}.json` || path.startsWith(`${start}/`);
}

async function framersOf(path: string, find: FindFramers): Promise<Framers | null> {
  try {
    return await find(path);
  } catch (error) {
    log.warn("who may frame a page is not known for now: nobody may", { error });
    return [];
  }
}

function set(outgoing: ServerResponse, headers: Record<string, string>): void {
  for (const name in headers) outgoing.setHeader(name, headers[name] ?? "");
}
