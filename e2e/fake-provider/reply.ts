/** The time every reply claims, so that it depends on nothing but its request: 2026-01-01T00:00:00Z. */
export const CREATED_AT_SECONDS = 1_767_225_600;

export type StreamEvent = { event?: string; data: unknown };

/** What a handler answers, before any fault touches it. Stream data that is a string is sent as it is, else as JSON. */
export type Reply =
  | { kind: "json"; status: number; headers: Record<string, string>; body: unknown }
  | { kind: "text"; status: number; headers: Record<string, string>; body: string }
  | { kind: "stream"; status: number; headers: Record<string, string>; events: StreamEvent[] };

/** How often a reply reports usage; everything but `normal` is a provider's fault. */
export type UsageMode = "normal" | "none" | "twice";

export type Wire = "openai" | "anthropic";

export function jsonReply(body: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return { kind: "json", status, headers: { "content-type": "application/json", ...headers }, body };
}

export function textReply(body: string, contentType: string, status = 200): Reply {
  return { kind: "text", status, headers: { "content-type": contentType }, body };
}

export function streamReply(events: StreamEvent[]): Reply {
  const headers = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" };
  return { kind: "stream", status: 200, headers, events };
}

/** A refused request; the server writes it in the shape of the wire it came over. */
export class ProviderError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details: { code?: string | null; param?: string | null } = {},
  ) {
    super(message);
  }
}
