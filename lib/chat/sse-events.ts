/** One server-sent event: its bytes as they came, the blank line included, and what they say, read when asked for. */
export type SseEvent = { readonly bytes: Uint8Array; readonly event: string | null; readonly data: string | null };

const LF = 10;
const CR = 13;
/** No provider sends an event near this size: past it, it is not a stream of events. */
const maxEventBytes = 16 * 1024 * 1024;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/**
 * Holds back what is unfinished of a stream of events, so that whatever leaves it is whole events.
 *
 * Lines may end with LF, CRLF or CR alone, mixed as one likes: https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class SseCutter {
  private held: Uint8Array[] = [];
  private heldBytes = 0;

  /**
   * Takes the next bytes as they came.
   *
   * @returns every event that is finished now, as one run of bytes; null when none is
   * @throws {Error} an event is larger than 16 MB
   */
  push(chunk: Uint8Array): Uint8Array | null {
    const end = lastEventEnd(chunk, this.held);
    if (end === 0) {
      this.hold(chunk);
      return null;
    }
    const run = end === chunk.byteLength ? chunk : chunk.subarray(0, end);
    const whole = this.heldBytes === 0 ? run : Buffer.concat([...this.held, run]);
    this.held = [];
    this.heldBytes = 0;
    if (end < chunk.byteLength) this.hold(chunk.subarray(end));
    return whole;
  }

  /** What is left when the stream has ended; null when nothing is. */
  rest(): Uint8Array | null {
    const rest = this.heldBytes === 0 ? null : Buffer.concat(this.held);
    this.held = [];
    this.heldBytes = 0;
    return rest;
  }

  private hold(part: Uint8Array): void {
    if (part.byteLength === 0) return;
    this.held.push(part);
    this.heldBytes += part.byteLength;
    if (this.heldBytes > maxEventBytes) throw new Error("a single event is larger than 16 MB");
  }
}

/** The events of a run of whole ones; bytes behind the last blank line are an event too. */
export function eventsIn(run: Uint8Array): SseEvent[] {
  const events: SseEvent[] = [];
  let start = 0;
  for (let at = 1; at <= run.byteLength; at++) {
    const last = run[at - 1];
    if ((last !== LF && last !== CR) || !endsWithBlankLine(run, at, nothingHeld)) continue;
    events.push(new ReadEvent(run.subarray(start, at)));
    start = at;
  }
  if (start < run.byteLength) events.push(new ReadEvent(run.subarray(start)));
  return events;
}

/**
 * Cuts a stream of bytes into its events, whatever the chunks: any line ending, comments, one byte at a time.
 *
 * @returns through its iterator the events; an unfinished last one when the stream simply ended behind it
 * @throws whatever `source` throws; what was unfinished then is dropped
 */
export async function* splitSseEvents(source: AsyncIterable<Uint8Array>): AsyncGenerator<SseEvent> {
  const cutter = new SseCutter();
  for await (const chunk of source) {
    const run = cutter.push(chunk);
    if (run !== null) yield* eventsIn(run);
  }
  const rest = cutter.rest();
  if (rest !== null) yield* eventsIn(rest);
}

/** One event as bytes. */
export function toSse(data: unknown, event?: string): Uint8Array {
  const text = typeof data === "string" ? data : JSON.stringify(data);
  return encoder.encode(`${event === undefined ? "" : `event: ${event}\n`}data: ${text}\n\n`);
}

class ReadEvent implements SseEvent {
  private read: { event: string | null; data: string | null } | null = null;

  constructor(readonly bytes: Uint8Array) {}

  get event(): string | null {
    return (this.read ??= readLines(this.bytes)).event;
  }

  get data(): string | null {
    return (this.read ??= readLines(this.bytes)).data;
  }
}

function readLines(bytes: Uint8Array): { event: string | null; data: string | null } {
  let event: string | null = null;
  let data: string | null = null;
  for (const line of decoder.decode(bytes).split(/\r\n|\n|\r/)) {
    if (line.startsWith("data:")) {
      const value = line.slice(line[5] === " " ? 6 : 5);
      data = data === null ? value : `${data}\n${value}`;
    } else if (line.startsWith("event:")) event = line.slice(6).trim();
  }
  return { event, data };
}

const nothingHeld: readonly Uint8Array[] = [];

/** Where the last finished event of a chunk ends, 0 when none ends in it. Most chunks end with one, so it looks from the end. */
function lastEventEnd(chunk: Uint8Array, held: readonly Uint8Array[]): number {
  for (let at = chunk.byteLength; at > 0; at--) {
    const last = chunk[at - 1];
    if ((last === LF || last === CR) && endsWithBlankLine(chunk, at, held)) return at;
  }
  return 0;
}

/** Whether the bytes before `at` end with a blank line. */
function endsWithBlankLine(bytes: Uint8Array, at: number, held: readonly Uint8Array[]): boolean {
  const before = byteAt(bytes, at - 2, held);
  if (bytes[at - 1] === LF) {
    if (before !== CR) return before === LF;
    const earlier = byteAt(bytes, at - 3, held);
    return earlier === LF || earlier === CR;
  }
  // a LF behind it would belong to it
  if (bytes[at] === LF) return false;
  if (before === CR) return true;
  // where lines end with CRLF, the LF of the blank one is still to come
  return before === LF && (byteAt(bytes, at - 3, held) !== CR || at < bytes.byteLength);
}

/** The byte at an index that may lie, below zero, in what was held before. */
function byteAt(bytes: Uint8Array, index: number, held: readonly Uint8Array[]): number | undefined {
  let at = index;
  for (let part = held.length - 1; at < 0 && part >= 0; part--) {
    const earlier = held[part];
    if (earlier === undefined) return undefined;
    at += earlier.byteLength;
    if (at >= 0) return earlier[at];
  }
  return bytes[at];
}
