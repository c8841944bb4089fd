import type { TokenUsage } from "@/lib/billing/prices";
import type { Piece } from "./engine";
import type { Outcome } from "./meter";

export type StreamOptions = {
  startedAt: number;
  /** aborted when the caller has gone */
  gone: AbortSignal;
  /** closes the connection to the provider */
  abort: () => void;
  /** called once, with what had been delivered when the stream ended, in whatever way */
  settle: (outcome: Outcome) => Promise<unknown>;
  /** the last event of a stream that failed */
  toErrorEvent: (error: unknown) => Uint8Array;
};

/**
 * Passes an answer on piece by piece, as fast as the client reads and no faster, and settles it when it ends.
 *
 * It begins with the first piece: waits for it, so that a failure up to then is still an ordinary error.
 *
 * @throws whatever keeps the first piece from coming; nothing is settled then
 */
export async function startStream(
  pieces: AsyncIterable<Piece>,
  options: StreamOptions,
): Promise<ReadableStream<Uint8Array>> {
  const iterator = pieces[Symbol.asyncIterator]();
  let waiting: IteratorResult<Piece> | null = await iterator.next();
  const firstByteMs = Math.round(performance.now() - options.startedAt);
  const delivered: { usage: TokenUsage | null; text: string } = { usage: null, text: "" };

  let hasLeft = false;
  let ending: Promise<void> | null = null;
  function finish(): Promise<void> {
    ending ??= (async () => {
      options.gone.removeEventListener("abort", leave);
      await options.settle({ ...delivered, firstByteMs });
    })();
    return ending;
  }
  function leave(): void {
    hasLeft = true;
    options.abort();
    void finish();
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    try {
      for (;;) {
        const next = waiting ?? (await iterator.next());
        waiting = null;
        if (hasLeft) return void close(controller);
        if (next.done) break;
        const { bytes, text, usage, isEnd } = next.value;
        delivered.text += text;
        if (usage !== undefined) delivered.usage = usage;
        // settled before the end is told: whoever has read it finds the charge and the trace
        if (isEnd) await finish();
        if (bytes !== null) return controller.enqueue(bytes);
      }
    } catch (error) {
      if (hasLeft || options.gone.aborted) {
        leave();
        return void close(controller);
      }
      options.abort();
      controller.enqueue(options.toErrorEvent(error));
    }
    await finish();
    controller.close();
  }

  options.gone.addEventListener("abort", leave, { once: true });
  if (options.gone.aborted) leave();
  return new ReadableStream({ pull, cancel: leave }, { highWaterMark: 0 });
}

/** A stream whose reader has cancelled it is closed already. */
function close(controller: ReadableStreamDefaultController<Uint8Array>): void {
  try {
    controller.close();
  } catch {
    // nothing is left to be done for a reader who has gone
  }
}
