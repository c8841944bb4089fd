import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";

export type UpstreamResponse = { statusCode: number; headers: IncomingHttpHeaders; body: UpstreamBody };

/** So much may wait for its reader before the provider is told to wait, in bytes. */
const maxWaitingBytes = 256 * 1024;
/** What may still come behind the end of an answer before its connection is closed instead of kept. */
const maxTail = { bytes: 64 * 1024, ms: 1_000 };

/**
 * The body of an answer, as it comes from the connection. What came while nobody asked is handed on as one piece.
 *
 * Measured: a tenth less CPU for a chunk than undici's own stream takes.
 */
export class UpstreamBody implements AsyncIterable<Uint8Array> {
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  private state: "open" | "ended" | "failed" | "left" = "open";
  private failure: unknown = null;
  private isPaused = false;
  private tailBytes = 0;
  private wake: (() => void) | null = null;

  constructor(private readonly connection: Dispatcher.DispatchController) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const bytes = this.take();
        if (bytes !== null) yield bytes;
        else if (this.state !== "open") break;
        else await new Promise<void>((resolve) => (this.wake = resolve));
      }
      if (this.state === "failed") throw this.failure;
    } finally {
      this.leave();
    }
  }

  /** Nobody wants the rest: the connection is kept when little of it comes, and closed otherwise. Also twice. */
  leave(): void {
    if (this.state !== "open") return;
    this.state = "left";
    this.waiting = [];
    this.resume();
    const timer = setTimeout(() => this.close(), maxTail.ms);
    timer.unref();
    this.wake = () => clearTimeout(timer);
  }

  /** Closes the connection. */
  close(): void {
    if (this.state === "open" || this.state === "left") this.connection.abort(new Error("the answer is not wanted"));
  }

  /** For whoever receives: more has come. */
  push(chunk: Uint8Array): void {
    if (this.state === "left") {
      this.tailBytes += chunk.byteLength;
      if (this.tailBytes > maxTail.bytes) this.close();
      return;
    }
    this.waiting.push(chunk);
    this.waitingBytes += chunk.byteLength;
    if (this.waitingBytes > maxWaitingBytes && !this.isPaused) {
      this.isPaused = true;
      this.connection.pause();
    }
    this.tell();
  }

  /** For whoever receives: all has come. */
  end(): void {
    if (this.state === "open") this.state = "ended";
    this.tell();
  }

  /** For whoever receives: no more will come. */
  fail(error: unknown): void {
    if (this.state === "open") {
      this.state = "failed";
      this.failure = error;
    }
    this.tell();
  }

  private tell(): void {
    const { wake } = this;
    this.wake = null;
    wake?.();
  }

  private take(): Uint8Array | null {
    const [first, ...others] = this.waiting;
    if (first === undefined) return null;
    this.waiting = [];
    this.waitingBytes = 0;
    this.resume();
    return others.length === 0 ? first : Buffer.concat([first, ...others]);
  }

  private resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.connection.resume();
  }
}

/**
 * Sends a request and waits for the head of its answer.
 *
 * @param signal closes the connection, before the answer and in its middle
 * @throws {Error} undici's, when there is no answer; the signal's reason when it is aborted
 */
export function dispatch(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  signal: AbortSignal,
): Promise<UpstreamResponse> {
  return new Promise((resolve, reject) => {
    let connection: Dispatcher.DispatchController | null = null;
    let body: UpstreamBody | null = null;
    const abort = () => {
      const reason: unknown = signal.reason;
      // undici wants an error; whoever waits is told the reason itself
      connection?.abort(reason instanceof Error ? reason : new Error("aborted"));
      reject(reason as Error);
    };
    const over = () => signal.removeEventListener("abort", abort);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    dispatcher.dispatch(options, {
      onRequestStart(controller) {
        connection = controller;
        if (signal.aborted) abort();
      },
      onResponseStart(controller, statusCode, headers) {
        // 103 and its like only announce the answer
        if (statusCode < 200) return;
        body = new UpstreamBody(controller);
        resolve({ statusCode, headers, body });
      },
      onResponseData(_controller, chunk) {
        body?.push(chunk);
      },
      onResponseEnd() {
        over();
        body?.end();
      },
      onResponseError(_controller, error) {
        over();
        body?.fail(error);
        reject(error);
      },
    });
  });
}
