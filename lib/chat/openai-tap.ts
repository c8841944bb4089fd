import type { TokenUsage } from "@/lib/billing/prices";
import { isJsonObject, parseJson } from "@/lib/json";
import type { Piece } from "./engine";
import { readOpenAiUsage } from "./openai";
import { addGenerated } from "./openai-generated";
import { eventsIn, SseCutter, type SseEvent } from "./sse-events";
import { UnreadPiece } from "./unread-piece";

export type TapOptions = {
  /** whether the chunk that carries nothing but usage is the client's too */
  asksForUsage: boolean;
  /** looks at an event that is not an ordinary chunk; throws when the stream shall end there */
  check: (event: SseEvent, json: unknown) => void;
  /** told once, when the stream has ended without its mark; throws when that is a failure */
  unmarkedEnd: (isFinished: boolean) => void;
};

/** How many of the last runs are looked through for the end of an answer whose stream has no mark. */
const keptRuns = 8;

/**
 * Reads along while a stream of chat completion chunks passes: its bytes stay as they are, and only the usage that
 * nobody asked for is left out. It ends at `[DONE]`, whatever the provider sends behind that.
 *
 * An ordinary chunk is not parsed: what it says is read when somebody wants to count it, which is only where the
 * provider does not. Measured: 0.6 µs a chunk instead of 3.5.
 */
export async function* tapOpenAi(source: AsyncIterable<Uint8Array>, options: TapOptions): AsyncGenerator<Piece> {
  const cutter = new SseCutter();
  const lastRuns: Uint8Array[] = [];
  for await (const chunk of source) {
    const run = cutter.push(chunk);
    if (run === null) continue;
    if (lastRuns.push(run) > keptRuns) lastRuns.shift();
    if (isOrdinary(run)) {
      yield new UnreadPiece(run, generatedIn);
      continue;
    }
    for (const piece of readRun(run, options)) {
      yield piece;
      if (piece.isEnd) return;
    }
  }
  const rest = cutter.rest();
  if (rest !== null && isBroken(rest)) {
    options.unmarkedEnd(false);
    return void (yield { bytes: rest, text: "" });
  }
  for (const piece of rest === null ? [] : readRun(rest, options)) {
    yield piece;
    if (piece.isEnd) return;
  }
  options.unmarkedEnd([...lastRuns, rest ?? new Uint8Array()].some(isFinished));
}

/** The pieces of a run in which something stands that has to be known now. */
function* readRun(run: Uint8Array, options: TapOptions): Generator<Piece> {
  const events = eventsIn(run);
  for (const [index, event] of events.entries()) {
    if (event.data === "[DONE]") {
      // some servers count only behind the end
      const late = lastUsage(events.slice(index + 1));
      yield { bytes: event.bytes, text: "", isEnd: true, ...(late === null ? {} : { usage: late }) };
      return;
    }
    const json = event.data === null ? null : parseJson(event.data);
    if (event.data !== null) options.check(event, json);
    const usage = isJsonObject(json) ? readOpenAiUsage(json["usage"]) : null;
    const isHidden = !options.asksForUsage && isUsageChunk(json);
    yield new UnreadPiece(event.bytes, generatedIn, { ...(isHidden ? { bytes: null } : {}), usage });
  }
}

function generatedIn(run: Uint8Array): string[] {
  const choices: string[] = [];
  for (const { data } of eventsIn(run)) if (data !== null) addGenerated(parseJson(data), choices);
  return choices;
}

function lastUsage(events: readonly SseEvent[]): TokenUsage | null {
  let usage: TokenUsage | null = null;
  for (const { data } of events) {
    const json = data === null ? null : parseJson(data);
    if (isJsonObject(json)) usage = readOpenAiUsage(json["usage"]) ?? usage;
  }
  return usage;
}

/** Whether the stream ended inside of an event. */
function isBroken(rest: Uint8Array): boolean {
  return eventsIn(rest).some(({ data }) => data !== null && data !== "[DONE]" && parseJson(data) === undefined);
}

/** Keys that say more than what was generated; inside of a text their quotes would be escaped. */
const telling = /"error"|"usage"(?!:null)/;

/** Whether a run is nothing but chunks that add to the answer: no usage, no error, no end, no comment, no odd line. */
function isOrdinary(run: Uint8Array): boolean {
  const text = latin1(run);
  if (!text.startsWith("data: {") || !text.endsWith("}\n\n") || text.includes("\r")) return false;
  if (text.includes("[DONE]") || telling.test(text)) return false;
  for (let at = text.indexOf("\n\n"); at !== text.length - 2; at = text.indexOf("\n\n", at + 2)) {
    if (!text.startsWith("data: {", at + 2)) return false;
  }
  return true;
}

/** Bytes as one character each: looking through a string is several times faster than through a buffer. */
export function latin1(bytes: Uint8Array): string {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString("latin1");
}

/** The chunk that carries nothing but usage, which clients get only when they ask for it. */
function isUsageChunk(json: unknown): boolean {
  if (!isJsonObject(json) || !isJsonObject(json["usage"])) return false;
  const choices = json["choices"] ?? [];
  return Array.isArray(choices) && choices.length === 0;
}

function isFinished(run: Uint8Array): boolean {
  return eventsIn(run).some(({ data }) => {
    const json = data === null ? null : parseJson(data);
    const choices = isJsonObject(json) ? json["choices"] : null;
    if (!Array.isArray(choices)) return false;
    return (choices as unknown[]).some((choice) => isJsonObject(choice) && typeof choice["finish_reason"] === "string");
  });
}
