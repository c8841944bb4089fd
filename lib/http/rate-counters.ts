import type { Db } from "@/lib/db/client";
import { log } from "@/lib/log";

const windowMs = 60_000;
/**
 * The part of a limit that a process may admit before it has told the others: so many processes together admit at most
 * the limit and this part of it for each of them. A limit below fifty has none, and holds exactly.
 */
export const shareUntold = 0.02;
/** How long a database that did not answer is left alone; meanwhile each process counts for itself. */
const quietMs = 5_000;
const maxCounters = 50_000;

type Counter = {
  readonly key: string;
  window: number;
  /** of all processes, as far as they told */
  told: number;
  /** ours, on the way to the database */
  sent: number;
  /** ours, that the database does not know of */
  untold: number;
  /** of all processes in the window before */
  before: number;
};

/** A limit that a request has to keep. */
export type Take = { key: string; limit: number };

/** Where a caller stands at the limit that leaves them least. */
export type Standing = {
  isAdmitted: boolean;
  limit: number;
  remaining: number;
  /** until nothing is counted any more, if nothing more is asked for */
  resetSeconds: number;
  /** until the next request would be admitted; 0 when it would be now */
  retrySeconds: number;
};

type Row = { key: string; window: bigint; count: number; before: number | null };

/**
 * Counts requests in a sliding minute, in all processes together.
 *
 * What counts is this minute's requests, and of the minute before the part that still lies within sixty seconds.
 * A process counts in memory and tells the table `rate_counters` now and then, behind the answer; only what it may not
 * admit untold waits for the table.
 */
export class RateCounters {
  readonly #counters = new Map<string, Counter>();
  readonly #due = new Set<Counter>();
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;
  #quietUntil = 0;

  constructor(readonly db: () => Pick<Db, "$queryRaw">) {}

  /** Counts one request, if all its limits admit it; otherwise none of them counts it. */
  async take(takes: Take[]): Promise<Standing | null> {
    const counters = takes.map(({ key, limit }) => ({ counter: this.#counter(key), limit }));
    if (counters.some(({ counter, limit }) => used(counter) + 1 > limit)) return standing(counters, false);
    const window = thisWindow();
    let mustTell = false;
    for (const { counter, limit } of counters) {
      counter.untold++;
      const share = Math.floor(limit * shareUntold);
      const isBeyond = counter.untold + counter.sent > share;
      if (isBeyond) mustTell = true;
      if (isBeyond || counter.untold > share / 2) this.#due.add(counter);
    }
    if (this.#due.size > 0) {
      const told = this.#tell();
      if (mustTell) await told;
    }
    for (const { counter } of counters) roll(counter);
    // others may have been faster
    const isAdmitted = !mustTell || counters.every(({ counter, limit }) => used(counter) <= limit);
    if (!isAdmitted) {
      for (const { counter } of counters) if (counter.window === window) this.#giveBack(counter);
      void this.#tell();
    }
    return standing(counters, isAdmitted);
  }

  #giveBack(counter: Counter): void {
    counter.untold--;
    this.#due.add(counter);
  }

  #counter(key: string): Counter {
    let counter = this.#counters.get(key);
    if (counter === undefined) {
      counter = { key, window: thisWindow(), told: 0, sent: 0, untold: 0, before: 0 };
      if (this.#counters.size >= maxCounters) this.#forgetSome();
      this.#counters.set(key, counter);
    }
    roll(counter);
    return counter;
  }

  /** First what nobody has asked for lately, then the oldest. */
  #forgetSome(): void {
    const window = thisWindow();
    for (const [key, counter] of this.#counters) if (counter.window < window - 1) this.#counters.delete(key);
    for (const key of this.#counters.keys()) {
      if (this.#counters.size < maxCounters) break;
      this.#counters.delete(key);
    }
  }

  /** Resolves when all that was counted before the call is told, or could not be. */
  #tell(): Promise<void> {
    if (Date.now() < this.#quietUntil) return Promise.resolve();
    this.#next ??= this.#running.then(() => {
      this.#next = null;
      this.#running = this.#send();
      return this.#running;
    });
    return this.#next;
  }

  async #send(): Promise<void> {
    const batch = [...this.#due].filter(({ untold }) => untold !== 0).map(toSend);
    this.#due.clear();
    if (batch.length === 0) return;
    const told = await this.#write(batch).catch((error: unknown) => {
      log.warn("requests are counted in this process alone for now", { error });
      this.#quietUntil = Date.now() + quietMs;
      return null;
    });
    for (const { counter, window, count } of batch) {
      const row = told?.get(`${counter.key} ${window}`);
      if (counter.window !== window) {
        if (row !== undefined && counter.window === window + 1) counter.before = Math.max(counter.before, row.count);
        continue;
      }
      counter.sent -= count;
      if (row === undefined) counter.untold += count;
      else {
        counter.told = row.count;
        counter.before = Math.max(counter.before, row.before ?? 0);
      }
    }
  }

  async #write(batch: Sent[]): Promise<Map<string, Row>> {
    // in the order of their keys: two processes that hold rows of each other's would wait for ever
    const sorted = batch.toSorted((a, b) => (a.counter.key < b.counter.key ? -1 : 1));
    const keys = sorted.map(({ counter }) => counter.key);
    const windows = sorted.map(({ window }) => window);
    const counts = sorted.map(({ count }) => count);
    const rows = await this.db().$queryRaw<Row[]>`
      INSERT INTO rate_counters (key, "window", count, expires_at)
      SELECT key, "window", count, to_timestamp(("window" + 2) * 60)
      FROM unnest(${keys}::text[], ${windows}::bigint[], ${counts}::int[]) AS told (key, "window", count)
      ON CONFLICT (key, "window") DO UPDATE SET count = rate_counters.count + EXCLUDED.count
      RETURNING key, "window", count, (
        SELECT b.count FROM rate_counters b WHERE b.key = rate_counters.key AND b."window" = rate_counters."window" - 1
      ) AS before`;
    return new Map(rows.map((row) => [`${row.key} ${row.window}`, row]));
  }
}

type Sent = { counter: Counter; window: number; count: number };

function toSend(counter: Counter): Sent {
  const count = counter.untold;
  counter.sent += count;
  counter.untold = 0;
  return { counter, window: counter.window, count };
}

function thisWindow(): number {
  return Math.floor(Date.now() / windowMs);
}

/** Lets the minute pass, if it has. */
function roll(counter: Counter): void {
  const window = thisWindow();
  if (window <= counter.window) return;
  counter.before = window === counter.window + 1 ? total(counter) : 0;
  Object.assign(counter, { window, told: 0, sent: 0, untold: 0 });
}

function total({ told, sent, untold }: Counter): number {
  return told + sent + untold;
}

/** The part of this minute that has passed, 0 to 1. */
function passed({ window }: Counter): number {
  return Math.min(1, Math.max(0, (Date.now() - window * windowMs) / windowMs));
}

function used(counter: Counter): number {
  return rounded(total(counter) + counter.before * (1 - passed(counter)));
}

function standing(counters: { counter: Counter; limit: number }[], isAdmitted: boolean): Standing | null {
  const all = counters.map(({ counter, limit }) => ({
    isAdmitted,
    limit,
    remaining: Math.max(0, Math.floor(limit - used(counter))),
    resetSeconds: ((1 - passed(counter) + (total(counter) > 0 ? 1 : 0)) * windowMs) / 1000,
    retrySeconds: retrySeconds(counter, limit),
  }));
  // the one that keeps a refused caller longest, or leaves an admitted one least
  const tightest = all.toSorted((a, b) => b.retrySeconds - a.retrySeconds || a.remaining - b.remaining);
  return tightest[0] ?? null;
}

function retrySeconds(counter: Counter, limit: number): number {
  if (used(counter) + 1 <= limit) return 0;
  const now = passed(counter);
  const here = total(counter);
  // the part of a minute after which enough of the one before has passed
  const at = here + 1 <= limit ? 1 - (limit - here - 1) / counter.before : 2 - (limit - 1) / here;
  return rounded(((at - now) * windowMs) / 1000);
}

/** To a millionth: thirds of a limit must not keep anybody waiting for what is no request. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
