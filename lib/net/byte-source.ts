/** A body that is asked for its bytes, piece by piece. */
export type ByteSource = {
  /** The next piece; null at the end. One call at a time. */
  next(): Promise<Uint8Array | null>;
  /** Nobody wants the rest. Also after the end, also twice. */
  cancel(): void;
};

const sources = new WeakMap<ReadableStream, ByteSource>();

/**
 * A source as the body of a `Response`. Our own server asks the source itself: the way through a stream costs about as
 * much as all that is done to a piece otherwise.
 */
export function streamOf(source: ByteSource): ReadableStream<Uint8Array> {
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const bytes = await source.next();
        if (bytes !== null) return controller.enqueue(bytes);
        try {
          controller.close();
        } catch {
          // a stream whose reader has cancelled it is closed already
        }
      },
      cancel: () => source.cancel(),
    },
    { highWaterMark: 0 },
  );
  sources.set(stream, source);
  return stream;
}

/** Where a body's bytes come from. Nobody else may read the body from now on. */
export function sourceOf(body: ReadableStream<Uint8Array>): ByteSource {
  const source = sources.get(body);
  if (source !== undefined) return source;
  const reader = body.getReader();
  return {
    async next() {
      const { done, value } = await reader.read();
      return done ? null : value;
    },
    cancel: () => void reader.cancel().catch(() => undefined),
  };
}
