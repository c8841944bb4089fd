import { setTimeout as sleep } from "node:timers/promises";
import { Agent, type Dispatcher, fetch, type FormData, type Response } from "undici";
import { isJsonObject, type JsonObject, parseJson } from "@/lib/json";
import type { Network } from "@/lib/net/guarded-fetch";
import { WireError, wordsOf } from "./wire-error";

/** How an engine elsewhere is reached. */
export type Wire = {
  /** what people call it */
  label: string;
  /** without a slash at its end */
  baseUrl: string;
  /** of every request to `baseUrl`, and of none to anywhere else */
  headers: Record<string, string>;
  /** what no message may hold */
  secret: string | null;
  /** how long one answer may take, in milliseconds; what is waited for in turns may take four times as long */
  timeoutMs: number;
  /** the first pause between two looks, and before a second try, in milliseconds; both grow */
  pauseMs: number;
  dispatcher: Dispatcher;
  /** how the addresses of images are looked up; tests bring their own */
  network?: Network | undefined;
};

/** What tests put in the place of the world's. */
export type WireOptions = { pauseMs?: number; timeoutMs?: number; network?: Network };

const connectTimeoutMs = 10_000;
const maxAnswerBytes = 8 * 1024 * 1024;
const lookTimeoutMs = 30_000;
const tries = 4;
const longestPauseMs = 30_000;

/** @param key sent as a bearer unless `headers` say it otherwise */
export function createWire(
  label: string,
  baseUrl: string,
  key: string | null,
  { headers, timeoutMs, ...options }: WireOptions & { headers?: Record<string, string>; timeoutMs: number },
): Wire {
  return {
    label,
    baseUrl: baseUrl.replace(/\/+$/u, ""),
    headers: headers ?? (key === null ? {} : { authorization: `Bearer ${key}` }),
    secret: key,
    timeoutMs,
    pauseMs: options.pauseMs ?? 1_000,
    dispatcher: new Agent({
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      connect: { timeout: connectTimeoutMs },
    }),
    network: options.network,
  };
}

export type Question = {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  /** behind the base URL, with a slash */
  path: string;
  json?: object;
  form?: FormData;
  signal: AbortSignal;
  timeoutMs?: number;
  maxBytes?: number;
};

/**
 * One request, one answer, no second try. Redirects are not followed: a key would go along.
 *
 * @returns the answer's JSON; null where it has no body
 * @throws {WireError}
 * @throws the signal's reason
 */
export async function ask(wire: Wire, question: Question): Promise<unknown> {
  const { method = "GET", path, json, form, maxBytes = maxAnswerBytes } = question;
  const signal = AbortSignal.any([question.signal, AbortSignal.timeout(question.timeoutMs ?? wire.timeoutMs)]);
  try {
    const response = await fetch(`${wire.baseUrl}${path}`, {
      method,
      headers: { accept: "application/json", ...wire.headers, ...(json && { "content-type": "application/json" }) },
      ...(json && { body: JSON.stringify(json) }),
      ...(form && { body: form }),
      redirect: "manual",
      dispatcher: wire.dispatcher,
      signal,
    });
    const bytes = await readBounded(response, maxBytes);
    if (bytes === null) throw new WireError("odd", `answered with more than ${megabytes(maxBytes)} MB`);
    return readAnswer(wire, response, bytes);
  } catch (error) {
    question.signal.throwIfAborted();
    throw error instanceof WireError ? error : WireError.ofNetwork(error);
  }
}

function readAnswer(wire: Wire, response: Response, bytes: Buffer): unknown {
  const { status } = response;
  const text = bytes.toString("utf8");
  const json = parseJson(text);
  if (status >= 300 && status < 400) throw new WireError("odd", "redirects, which is not followed");
  if (!response.ok) {
    const asked = Number(response.headers.get("retry-after") ?? "");
    const retryAfterSeconds = Number.isFinite(asked) && asked > 0 ? asked : null;
    throw WireError.ofStatus(status, wordsOf(json, wire.secret), retryAfterSeconds, json);
  }
  if (text.trim() === "") return null;
  if (json === undefined) throw new WireError("odd", "answered with something that is no JSON");
  return json;
}

/** A look that changes nothing: tried again, with growing pauses, while the other side is busy, broken or away. */
export async function look(wire: Wire, question: Question): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask(wire, { timeoutMs: Math.min(lookTimeoutMs, wire.timeoutMs), ...question });
    } catch (error) {
      const isPassing = error instanceof WireError && error.isPassing;
      if (!isPassing || attempt >= tries) throw error;
      await pause(wire, attempt, question.signal, error.retryAfterSeconds);
    }
  }
}

/**
 * An order that costs: tried again only when it is certain that the one before was not taken, because it never left or
 * was turned away for being too many.
 */
export async function place(wire: Wire, question: Question): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask(wire, question);
    } catch (error) {
      const isUntaken = error instanceof WireError && error.isUntaken;
      const isLong = error instanceof WireError && (error.retryAfterSeconds ?? 0) * 1000 > longestPauseMs;
      if (!isUntaken || isLong || attempt >= tries) throw error;
      await pause(wire, attempt, question.signal, error.retryAfterSeconds);
    }
  }
}

/** Waits before a further look: twice as long each time, ten times the first pause at most. */
export async function pause(
  wire: Wire,
  attempt: number,
  signal: AbortSignal,
  askedSeconds: number | null = null,
): Promise<void> {
  const grown = wire.pauseMs * Math.min(2 ** (attempt - 1), 10);
  const ms = Math.min(Math.max(grown, (askedSeconds ?? 0) * 1000), longestPauseMs);
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/**
 * Looks again and again until there is something to see.
 *
 * @param see what it saw; undefined to look again
 * @throws {WireError} four times the wire's timeout have passed
 */
export async function waitFor<T>(
  wire: Wire,
  signal: AbortSignal,
  see: () => Promise<T | undefined>,
): Promise<NonNullable<T>> {
  const endMs = performance.now() + 4 * wire.timeoutMs;
  for (let attempt = 1; ; attempt++) {
    const seen = await see();
    if (seen !== undefined && seen !== null) return seen;
    if (performance.now() >= endMs) {
      throw new WireError("late", `was not done after ${Math.round((4 * wire.timeoutMs) / 60_000)} minutes`);
    }
    await pause(wire, Math.min(attempt, 3), signal);
  }
}

/** The body, read no further than the limit; null when there is more. */
export async function readBounded(response: Response, maxBytes: number): Promise<Buffer | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += (part as Uint8Array).byteLength;
    if (size > maxBytes) return null;
    parts.push(part as Uint8Array);
  }
  return Buffer.concat(parts);
}

export function megabytes(bytes: number): number {
  return Math.floor(bytes / 1024 / 1024);
}

/** An answer that has to be an object. @throws {WireError} */
export function asObject(answer: unknown): JsonObject {
  if (isJsonObject(answer)) return answer;
  throw new WireError("odd", "answered with something else than was asked for");
}
