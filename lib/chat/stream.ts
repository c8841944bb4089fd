import type { TokenUsage } from "@/lib/billing/prices";
import { streamOf } from "@/lib/net/byte-source";
import type { Piece } from "./engine";
import type { Meter, Outcome } from "./meter";
import type { UpstreamCall } from "./upstream-call";

export type StreamOptions = {
  startedAt: number;
  call: UpstreamCall;
  /** settled once, with what had been delivered when the stream ended, in whatever way */
  meter: Meter;
  /** the last event of a stream that failed */
  toErrorEvent: (error: unknown) => Uint8Array;
};

/** Pieces whose text nobody has read yet are kept up to this many bytes; mostly nobody ever has to. */
const maxUnreadBytes = 512 * 1024;

/**
 * Passes an answer on piece by piece, as fast as the client reads and no faster, and settles it when it ends.
 *
 * It begins with the first piece: waits for it, so that a failure up to then is still an ordinary error.
 *
 * An answer without any piece costs nothing.
 *
 * @throws whatever keeps the first piece from coming; nothing is settled then
 */
export async function startStream(
  pieces: AsyncIterable<Piece>,
  { startedAt, call, meter, toErrorEvent }: StreamOptions,
): Promise<ReadableStream<Uint8Array>> {
  const iterator = pieces[Symbol.asyncIterator]();
  let waiting: IteratorResult<Piece> | null = await iterator.next();
  const isEmpty = waiting.done === true;
  const delivered = new Delivered(Math.round(performance.now() - startedAt));

  let hasLeft = false;
  /** the last event was the error that ended it */
  let isOver = false;
  let ending: Promise<unknown> | null = null;
  function finish(isWhole: boolean): Promise<unknown> {
    ending ??= (() => {
      call.gone.removeEventListener("abort", leave);
      call.close();
      return isEmpty ? meter.release() : meter.settle(delivered.outcome(isWhole));
    })();
    return ending;
  }
  function leave(): void {
    hasLeft = true;
    call.abort();
    void finish(false);
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }

  function note(): void {
    meter.note(delivered.outcome(false), (reason) => call.abort(reason));
  }

  async function next(): Promise<Uint8Array | null> {
    if (isOver) return null;
    try {
      for (;;) {
        const piece = waiting ?? (await iterator.next());
        waiting = null;
        if (hasLeft) return null;
        if (piece.done) break;
        delivered.add(piece.value);
        if (delivered.bytes >= meter.noteAtBytes) note();
        // settled before the end is told: whoever has read it finds the charge and the trace
        if (piece.value.isEnd) await finish(true);
        if (piece.value.bytes !== null) return piece.value.bytes;
      }
      await finish(true);
    } catch (error) {
      if (hasLeft || call.gone.aborted) {
        leave();
        return null;
      }
      isOver = true;
      call.abort();
      await finish(false);
      if (!hasLeft) return toErrorEvent(error);
    }
    return null;
  }

  call.gone.addEventListener("abort", leave, { once: true });
  call.onBeat(note);
  if (call.gone.aborted) leave();
  return streamOf({ next, cancel: leave });
}

/** What of an answer has reached the client so far. */
class Delivered {
  private usage: TokenUsage | null = null;
  private readonly choices: string[] = [];
  private unread: Piece[] = [];
  private unreadBytes = 0;
  bytes = 0;

  constructor(private readonly firstByteMs: number) {}

  add(piece: Piece): void {
    if (piece.usage !== undefined) this.usage = piece.usage;
    this.unread.push(piece);
    this.unreadBytes += piece.bytes?.byteLength ?? 0;
    this.bytes += piece.bytes?.byteLength ?? 0;
    if (this.unreadBytes > maxUnreadBytes) this.read();
  }

  outcome(isWhole: boolean): Outcome {
    const text = () => this.read();
    return {
      usage: this.usage,
      // reading it costs more than all the rest, and mostly the provider has counted
      get text() {
        return text();
      },
      bytes: this.bytes,
      isWhole,
      firstByteMs: this.firstByteMs,
    };
  }

  private read(): string {
    for (const { text, choices = [text] } of this.unread) {
      choices.forEach((added, index) => {
        while (this.choices.length <= index) this.choices.push("");
        this.choices[index] += added;
      });
    }
    this.unread = [];
    this.unreadBytes = 0;
    return this.choices.join("\n");
  }
}
