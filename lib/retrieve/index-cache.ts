/** Least recently used first; a thread may hold this much of all its faces. */
export class IndexCache<Index extends { bytes: number }> {
  readonly #indexes = new Map<string, { version: string; index: Index }>();
  #bytes = 0;

  constructor(readonly maxBytes: number) {}

  /** The index of exactly this version of the face. */
  find(faceKey: string, version: string): Index | null {
    const held = this.#indexes.get(faceKey);
    if (held === undefined || held.version !== version) return null;
    this.#indexes.delete(faceKey);
    this.#indexes.set(faceKey, held);
    return held.index;
  }

  /** Keeps an index in place of the face's older one. The newest stays even when it alone is too large. */
  keep(faceKey: string, version: string, index: Index): void {
    this.#drop(faceKey);
    this.#indexes.set(faceKey, { version, index });
    this.#bytes += index.bytes;
    for (const oldest of this.#indexes.keys()) {
      if (this.#bytes <= this.maxBytes || oldest === faceKey) break;
      this.#drop(oldest);
    }
  }

  #drop(faceKey: string): void {
    const held = this.#indexes.get(faceKey);
    if (held === undefined) return;
    this.#bytes -= held.index.bytes;
    this.#indexes.delete(faceKey);
  }
}
