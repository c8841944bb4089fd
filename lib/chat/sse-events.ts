/** One server-sent event: its bytes as they came, the blank line included, and what they say. */
export type SseEvent = { bytes: Uint8Array; event: string | null; data: string | null };

const LF = 10;
const CR = 13;
/** No provider sends an event near this size: past it, it is not a stream of events. */
const maxEventBytes = 16 * 1024 * 1024;

/**
 * Cuts a stream of bytes into its events, whatever the chunks: any line ending, comments, one byte at a time.
 *
 * @returns through its iterator the events; an unfinished last one when the stream simply ended behind it
 * @throws whatever `source` throws; what was unfinished then is dropped
 */
export async function* splitSseEvents(source: AsyncIterable<Uint8Array>): AsyncGenerator<SseEvent> {
  let held: Uint8Array = new Uint8Array();
  for await (const chunk of source) {
    let from = Math.max(0, held.byteLength - 3);
    held = held.byteLength === 0 ? chunk : Buffer.concat([held, chunk]);
    for (let end = eventEnd(held, from); end !== -1; end = eventEnd(held, 0)) {
      yield toEvent(held.subarray(0, end));
      held = held.subarray(end);
      from = 0;
    }
    if (held.byteLength > maxEventBytes) throw new Error("a single event is larger than 16 MB");
  }
  if (held.byteLength > 0) yield toEvent(held);
}

/** Where the first event ends, behind its blank line; -1 when it is unfinished. */
function eventEnd(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(LF, from); at !== -1; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return at + 2;
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return at + 3;
  }
  return -1;
}

function toEvent(bytes: Uint8Array): SseEvent {
  let event: string | null = null;
  const data: string[] = [];
  for (const line of new TextDecoder().decode(bytes).split(/\r?\n/)) {
    if (line.startsWith("data:")) data.push(line.slice(line[5] === " " ? 6 : 5));
    else if (line.startsWith("event:")) event = line.slice(6).trim();
  }
  return { bytes, event, data: data.length === 0 ? null : data.join("\n") };
}

/** One event as bytes. */
export function toSse(data: unknown, event?: string): Uint8Array {
  const text = typeof data === "string" ? data : JSON.stringify(data);
  return new TextEncoder().encode(`${event === undefined ? "" : `event: ${event}\n`}data: ${text}\n\n`);
}
