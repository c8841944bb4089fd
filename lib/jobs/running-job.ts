import type { Db, Transaction } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { log } from "@/lib/log";
import { channels } from "./channels";
import type { AnyJob, JobContext } from "./define-job";
import { LeaseLostError } from "./job-errors";
import type { ClaimedJob, JobTable } from "./job-table";

const PROGRESS_INTERVAL_MS = 500;

/** A job in this worker's hands, from its claim to its end. */
export class RunningJob {
  readonly claim: ClaimedJob;
  readonly definition: AnyJob;
  readonly context: JobContext;
  /** `performance.now()` until which the lease is certain */
  leaseUntilMs: number;
  /** It ended itself, in its own last transaction. */
  isFinished = false;

  readonly #table: JobTable;
  readonly #abort = new AbortController();
  #steps: Promise<Map<string, unknown>> | undefined;
  #progress: string | null = null;
  #progressTimer: NodeJS.Timeout | undefined;
  #progressWrittenAt = -Infinity;

  constructor(claim: ClaimedJob, definition: AnyJob, claimedAtMs: number, deps: { db: Db; table: JobTable }) {
    this.claim = claim;
    this.definition = definition;
    this.leaseUntilMs = claimedAtMs + definition.leaseSeconds * 1000;
    this.#table = deps.table;
    this.context = {
      id: claim.id,
      attempt: claim.attempt,
      db: deps.db,
      signal: this.#abort.signal,
      step: (name, work) => this.#step(name, work),
      transaction: (work) => this.#transaction(deps.db, work),
      finish: (work) => this.#finish(deps.db, work),
      progress: (value) => this.#setProgress(value),
    };
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Tells the job to stop. The first reason stays. */
  abort(reason: Error): void {
    this.#abort.abort(reason);
  }

  /** The progress that is not written yet, for whoever writes the job's end. */
  takeProgress(): string | null {
    clearTimeout(this.#progressTimer);
    this.#progressTimer = undefined;
    const progress = this.#progress;
    this.#progress = null;
    return progress;
  }

  async #step<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.#steps ??= this.claim.fence === "1" ? Promise.resolve(new Map()) : this.#table.loadSteps(this.claim.id);
    const steps = await this.#steps;
    if (steps.has(name)) return steps.get(name) as T;
    this.signal.throwIfAborted();
    const json = JSON.stringify((await work()) ?? null);
    if (!(await this.#table.saveStep(this.claim, name, json))) throw this.#leaseLost();
    const result: unknown = JSON.parse(json);
    steps.set(name, result);
    return result as T;
  }

  /**
   * The lease is looked at before the work, to save it, and locked behind it, right before the commit: then the row
   * is held for a moment only, and locks are taken in the order of whoever enqueues, domain first.
   */
  #transaction<T>(db: Db, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return transaction(db, async (tx) => {
      await this.#requireLease(tx, false);
      const result = await work(tx);
      await this.#requireLease(tx, true);
      return result;
    });
  }

  async #finish(db: Db, work: (tx: Transaction) => Promise<boolean>): Promise<boolean> {
    const isDone = await transaction(db, async (tx) => {
      await this.#requireLease(tx, false);
      const isDone = await work(tx);
      if (isDone) await this.#succeed(tx);
      else await this.#requireLease(tx, true);
      return isDone;
    });
    this.isFinished = isDone;
    if (isDone) this.takeProgress();
    return isDone;
  }

  async #requireLease(tx: Transaction, lock: boolean): Promise<void> {
    const { id } = this.claim;
    const fence = BigInt(this.claim.fence);
    const rows = lock
      ? await tx.$queryRaw<
          unknown[]
        >`SELECT 1 FROM jobs WHERE id = ${id} AND fence = ${fence} AND status = 'running' FOR NO KEY UPDATE`
      : await tx.$queryRaw<unknown[]>`SELECT 1 FROM jobs WHERE id = ${id} AND fence = ${fence} AND status = 'running'`;
    if (rows.length === 0) throw this.#leaseLost();
  }

  async #succeed(tx: Transaction): Promise<void> {
    const { id } = this.claim;
    const rows = await tx.$queryRaw<unknown[]>`
      WITH job AS (
        UPDATE jobs SET status = 'succeeded', finished_at = now(), lease_until = NULL, error = NULL,
          progress = coalesce(${this.#progress}::jsonb, progress)
        WHERE id = ${id} AND fence = ${BigInt(this.claim.fence)} AND status = 'running' RETURNING id
      )
      SELECT pg_notify(${channels.progress}, id)::text FROM job`;
    if (rows.length === 0) throw this.#leaseLost();
  }

  #leaseLost(): LeaseLostError {
    const error = new LeaseLostError(this.claim.id);
    this.abort(error);
    return error;
  }

  #setProgress(value: object): void {
    // taken apart at once: the caller may go on changing it
    this.#progress = JSON.stringify(value);
    if (this.#progressTimer !== undefined || this.isFinished) return;
    const waitMs = Math.max(0, this.#progressWrittenAt + PROGRESS_INTERVAL_MS - performance.now());
    this.#progressTimer = setTimeout(() => void this.#writeProgress(), waitMs);
  }

  async #writeProgress(): Promise<void> {
    const progress = this.takeProgress();
    if (progress === null) return;
    this.#progressWrittenAt = performance.now();
    try {
      await this.#table.saveProgress(this.claim, progress);
    } catch (error) {
      log.debug("Progress was not written", { job: this.claim.id, error });
    }
  }
}
