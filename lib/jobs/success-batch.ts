import { LeaseLostError } from "./job-errors";
import type { Done, JobTable } from "./job-table";

type Waiting = { done: Done; resolve(): void; reject(error: unknown): void };

/**
 * Writes the ends of jobs that succeeded. Those that end while a write is under way go together in the next one: a
 * worker with many small jobs then needs a fraction of the round trips.
 */
export class SuccessBatch {
  readonly #table: JobTable;
  #waiting: Waiting[] = [];
  #isWriting = false;

  constructor(table: JobTable) {
    this.#table = table;
  }

  /** @throws {LeaseLostError} the job is not this worker's any more */
  add(done: Done): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ done, resolve, reject });
      if (!this.#isWriting) void this.#write();
    });
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    // jobs that end in this same turn of the event loop come along
    await Promise.resolve();
    for (let batch = this.#take(); batch.length > 0; batch = this.#take()) {
      try {
        const written = await this.#table.succeedFree(batch.map(({ done }) => done));
        for (const waiting of batch) if (written.has(waiting.done.id)) waiting.resolve();
        void this.#writeLocked(batch.filter(({ done }) => !written.has(done.id)));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isWriting = false;
  }

  /** A row that somebody holds is waited for alone, so that the others need not wait. */
  async #writeLocked(batch: Waiting[]): Promise<void> {
    for (const { done, resolve, reject } of batch) {
      this.#table.succeed(done).then((isHeld) => (isHeld ? resolve() : reject(new LeaseLostError(done.id))), reject);
    }
  }

  #take(): Waiting[] {
    const batch = this.#waiting;
    this.#waiting = [];
    return batch;
  }
}
