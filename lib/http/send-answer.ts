import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type ByteSource, sourceOf } from "@/lib/net/byte-source";

/**
 * Sends an answer as fast as the client reads it.
 *
 * Whatever is there within one turn of the event loop goes out in one packet, the head with it; the head does not wait
 * for a body that begins later. When the client's connection closes, the body is cancelled.
 *
 * @param headers names and values in turn
 * @param isHead the client wants no body
 * @throws what the body throws
 */
export async function sendAnswer(
  { body, status, headers: own }: Response,
  headers: string[],
  outgoing: ServerResponse,
  isHead: boolean,
): Promise<void> {
  if (body === null || isHead || status === 204 || status === 304) {
    outgoing.writeHead(status, headers).end();
    await body?.cancel();
    return;
  }
  const source = sourceOf(body);
  const cancel = () => source.cancel();
  outgoing.once("close", cancel);
  const isStream = own.get("content-type")?.startsWith("text/event-stream") ?? false;
  const whole = isStream || own.has("content-length") ? null : await wholeBody(source);
  if (whole !== null && "all" in whole)
    outgoing.writeHead(status, [...headers, "content-length", String(whole.all.length)]).end(whole.all);
  else {
    outgoing.writeHead(status, headers);
    await sendPieces(whole === null ? source : whole.rest, outgoing);
  }
  outgoing.removeListener("close", cancel);
}

/** A body that is one piece, as that of most answers; else the same body from its beginning. */
async function wholeBody(source: ByteSource): Promise<{ all: Uint8Array } | { rest: ByteSource }> {
  const first = source.next();
  const second = first.then((bytes) => (bytes === null ? null : source.next()));
  const soon = new Promise<"later">((resolve) => setImmediate(resolve, "later"));
  // whoever awaits them below hears of their failure
  second.catch(() => undefined);
  if ((await Promise.race([second, soon])) === null) return { all: (await first) ?? new Uint8Array() };
  const waiting = [first, second];
  return { rest: { next: () => waiting.shift() ?? source.next(), cancel: () => source.cancel() } };
}

async function sendPieces(source: ByteSource, outgoing: ServerResponse): Promise<void> {
  const turn = new Turn(outgoing);
  turn.begin();
  for (;;) {
    const bytes = await source.next();
    if (outgoing.destroyed) return;
    if (bytes === null) break;
    turn.begin();
    if (!outgoing.write(bytes)) {
      turn.end();
      await drained(outgoing);
      if (outgoing.destroyed) return;
    }
  }
  // sends all that is held back, too
  outgoing.end();
  turn.end();
}

/** Holds back what is written until the event loop has done what is there to do. */
class Turn {
  #immediate: NodeJS.Immediate | null = null;
  #socket: Socket | null = null;

  constructor(readonly outgoing: ServerResponse) {}

  begin(): void {
    if (this.#immediate !== null) return;
    this.#socket = this.outgoing.socket;
    this.#socket?.cork();
    this.#immediate = setImmediate(() => {
      // a head without a body so far goes out by itself
      this.outgoing.flushHeaders();
      this.end();
    });
  }

  end(): void {
    if (this.#immediate === null) return;
    clearImmediate(this.#immediate);
    this.#immediate = null;
    this.#socket?.uncork();
  }
}

/** Resolves when the client has read what was sent, or has gone. */
function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (outgoing.destroyed || !outgoing.writableNeedDrain) return resolve();
    const done = (): void => {
      outgoing.removeListener("drain", done).removeListener("close", done);
      resolve();
    };
    outgoing.once("drain", done).once("close", done);
  });
}
