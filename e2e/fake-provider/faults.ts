/** One thing that goes wrong with a reply. Several may be combined on one request. */
export type Fault =
  /** An error in the wire's own shape. A 429 says `Retry-After: 1` unless told otherwise. */
  | { kind: "status"; status: number; message?: string; code?: string; retryAfterSeconds?: number }
  /** Falls silent until the client goes: before the headers, or after that many stream events (0: headers alone). */
  | { kind: "hang"; afterEvents?: number }
  /** Waits before the headers (`headersMs`) and before every piece (`delayMs`); a plain body goes out in four pieces. */
  | { kind: "slow"; delayMs?: number; headersMs?: number }
  /**
   * Ends early, half-way by default: the socket is destroyed, or with `isClean` the body simply ends.
   * `isMidCharacter` cuts inside the first multi-byte character from there on (uncompressed replies only).
   */
  | { kind: "cut"; afterBytes?: number; afterEvents?: number; isMidCharacter?: boolean; isClean?: boolean }
  /** The provider's own error event inside a stream that began well; the stream ends there. */
  | { kind: "error-event"; afterEvents: number; message?: string }
  | { kind: "usage"; mode: "none" | "twice" }
  /** A proxy's page where JSON was due; 502 unless told otherwise. */
  | { kind: "html"; status?: number }
  /** JSON that breaks off in the middle of the body, or inside one event of a stream. */
  | { kind: "invalid-json" }
  | { kind: "one-byte-chunks" }
  | { kind: "crlf" }
  /** SSE comments before and inside events, as OpenRouter and others send to keep connections open. */
  | { kind: "comments" }
  | { kind: "gzip" };

export type FaultOptions = {
  /** How many requests it spoils; 1 unless given, `Infinity` for all. */
  times?: number;
  /** Only requests whose path ends so, e.g. `/embeddings`. */
  path?: string;
};

/** The fault of that kind among those of a request. */
export function findFault<K extends Fault["kind"]>(faults: Fault[], kind: K): Extract<Fault, { kind: K }> | undefined {
  return faults.find((fault): fault is Extract<Fault, { kind: K }> => fault.kind === kind);
}

/** Faults in waiting. Each request takes the oldest entry that applies to its path. */
export class FaultQueue {
  #entries: { faults: Fault[]; left: number; path: string }[] = [];

  add(faults: Fault | Fault[], { times = 1, path = "" }: FaultOptions = {}): void {
    this.#entries.push({ faults: [faults].flat(), left: times, path });
  }

  take(path: string): Fault[] {
    const entry = this.#entries.find((one) => path.endsWith(one.path));
    if (entry === undefined) return [];
    entry.left -= 1;
    this.#entries = this.#entries.filter((one) => one.left > 0);
    return entry.faults;
  }

  clear(): void {
    this.#entries = [];
  }
}
