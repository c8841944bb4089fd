/** One change of the database: any row of `table` that carries `value`; `*` is every row. */
export type Change = { table: string; value: string };

type Entry<Row> = { row: Row; tags: readonly string[]; keptAt: number };

/** However the telling of changes may fail unnoticed, no row is older than this. */
const maxAgeMs = 5 * 60 * 1000;

/**
 * Rows that were read before, the least recently used dropped first.
 *
 * A row carries tags, `table value`, that say with which changes it ends. While `isCurrent` says no, nothing is kept
 * and every read asks the database.
 */
export class RowCache<Row> {
  readonly #entries = new Map<string, Entry<Row>>();
  readonly #keysByTag = new Map<string, Set<string>>();
  /** Counts what was dropped: a row that was read meanwhile may be from before, and is not kept. */
  #drops = 0;

  constructor(
    readonly maxRows: number,
    readonly isCurrent: () => boolean,
  ) {}

  /** The row, if it was read before and has not changed since. */
  find(key: string): Row | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || !this.isCurrent()) return undefined;
    if (performance.now() - entry.keptAt > maxAgeMs) return undefined;
    // Map keeps the order of insertion: the last used goes to the end
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.row;
  }

  /**
   * The row as it was read before, else as `load` reads it now.
   *
   * @param tagsOf the changes that end it; null: it is not to be kept
   */
  async read(key: string, load: () => Promise<Row>, tagsOf: (row: Row) => readonly string[] | null): Promise<Row> {
    const found = this.find(key);
    if (found !== undefined) return found;
    const dropsBefore = this.#drops;
    const isWatched = this.isCurrent();
    const row = await load();
    const tags = tagsOf(row);
    if (tags !== null && isWatched && this.isCurrent() && dropsBefore === this.#drops) this.#keep(key, row, tags);
    return row;
  }

  /** Drops the rows that a change concerns. */
  drop({ table, value }: Change): void {
    this.#drops++;
    if (value === "*") {
      for (const tag of [...this.#keysByTag.keys()]) if (tag.startsWith(`${table} `)) this.#dropTag(tag);
    } else this.#dropTag(`${table} ${value}`);
  }

  clear(): void {
    this.#drops++;
    this.#entries.clear();
    this.#keysByTag.clear();
  }

  get size(): number {
    return this.#entries.size;
  }

  #keep(key: string, row: Row, tags: readonly string[]): void {
    this.#remove(key);
    this.#entries.set(key, { row, tags, keptAt: performance.now() });
    for (const tag of tags) {
      const keys = this.#keysByTag.get(tag);
      if (keys === undefined) this.#keysByTag.set(tag, new Set([key]));
      else keys.add(key);
    }
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.maxRows && oldest !== undefined) this.#remove(oldest);
  }

  #dropTag(tag: string): void {
    for (const key of [...(this.#keysByTag.get(tag) ?? [])]) this.#remove(key);
  }

  #remove(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    for (const tag of entry.tags) {
      const keys = this.#keysByTag.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.#keysByTag.delete(tag);
    }
  }
}
