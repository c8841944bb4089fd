import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { channels } from "./channels";
import type { AnyJob } from "./define-job";
import { JobCancelledError, LeaseLostError, WorkerStoppingError } from "./job-errors";
import { type ClaimedJob, JobTable } from "./job-table";
import { listen, type Listener } from "./listen";
import { runJob } from "./run-job";
import { RunningJob } from "./running-job";
import { SuccessBatch } from "./success-batch";
import { sweepDeadLeases } from "./sweep";

export type WorkerOptions = {
  url: string;
  db: Db;
  jobs: readonly AnyJob[];
  /** Jobs at a time. */
  concurrency?: number;
  /** How often to look for due jobs without being told. */
  pollMs?: number;
  /** How often to say that it lives, at most; short leases make it more often. */
  beatMs?: number;
  /** How often to look for jobs of dead workers. */
  sweepMs?: number;
  random?: () => number;
};

export type StopOptions = {
  /** Running jobs may finish within this time; then they are told to stop. */
  finishMs?: number;
  /** What has not stopped within this time more is given back as it is. */
  abortMs?: number;
};

const FORGET_INTERVAL_MS = 3_600_000;

/**
 * Runs due jobs until it is stopped. Any number of workers may share a table.
 *
 * @returns once it has said that it lives, and looks for work
 */
export async function startWorker(options: WorkerOptions): Promise<JobWorker> {
  const worker = new JobWorker(options);
  await worker.start();
  return worker;
}

export class JobWorker {
  readonly id = newId("worker");
  readonly #options: Required<WorkerOptions>;
  readonly #definitions: ReadonlyMap<string, AnyJob>;
  readonly #leases: ReadonlyMap<string, number>;
  readonly #unlimited: ReadonlyMap<string, number>;
  readonly #limited: readonly { name: string; leaseSeconds: number; atOnce: number }[];
  readonly #table: JobTable;
  readonly #successes: SuccessBatch;
  readonly #running = new Map<string, { job: RunningJob; ended: Promise<void> }>();
  readonly #timers: NodeJS.Timeout[] = [];
  /** Control statements under way, which must end before the connections close. */
  readonly #pending = new Set<Promise<void>>();
  #listener: Listener | undefined;
  #isClaiming = false;
  #claimAgain = false;
  #stopped: Promise<void> | undefined;

  constructor(options: WorkerOptions) {
    this.#options = { concurrency: 4, pollMs: 1000, beatMs: 5000, sweepMs: 5000, random: Math.random, ...options };
    this.#definitions = new Map(options.jobs.map((job) => [job.name, job]));
    this.#leases = new Map(options.jobs.map((job) => [job.name, job.leaseSeconds]));
    this.#limited = options.jobs.flatMap(({ name, leaseSeconds, atOnce }) =>
      atOnce === undefined ? [] : [{ name, leaseSeconds, atOnce }],
    );
    const limited = this.#limited.map(({ name }) => name);
    this.#unlimited = new Map([...this.#leases].filter(([name]) => !limited.includes(name)));
    // each job's end may wait for a row that somebody has locked; a beat and a claim must still go through
    const maxConnections = this.#options.concurrency + 2;
    this.#table = new JobTable(options.url, maxConnections, (error) =>
      log.warn("A worker's connection broke", { error }),
    );
    this.#successes = new SuccessBatch(this.#table);
  }

  async start(): Promise<void> {
    await this.#table.sayAlive(this.id);
    this.#listener = listen({
      url: this.#options.url,
      channels: [channels.jobs],
      onNotification: (_channel, jobId) => this.#hear(jobId),
      onConnected: () => this.#lookAround(),
    });
    const shortestLeaseMs = Math.min(...this.#leases.values()) * 1000;
    this.#every(Math.min(this.#options.beatMs, shortestLeaseMs / 3), () => this.#beat());
    this.#every(this.#options.pollMs, () => this.#claim());
    this.#every(this.#options.sweepMs, () => this.#sweep());
    this.#every(FORGET_INTERVAL_MS, () => this.#table.forgetFinished());
    this.#track(() => this.#sweep());
    this.#look();
  }

  /**
   * Takes no more jobs, lets the running ones finish for a moment, then gives the rest back: queued, and the attempt
   * does not count. Idempotent.
   */
  stop(options: StopOptions = {}): Promise<void> {
    this.#stopped ??= this.#stop(options);
    return this.#stopped;
  }

  async #stop({ finishMs = 1500, abortMs = 3000 }: StopOptions): Promise<void> {
    await this.#listener?.close();
    await this.#untilIdle(finishMs);
    for (const { job } of this.#running.values()) job.abort(new WorkerStoppingError());
    await this.#untilIdle(abortMs);
    for (const timer of this.#timers) clearInterval(timer);
    await Promise.all(this.#pending);
    for (const { job } of this.#running.values()) await this.#table.release(job.claim, job.takeProgress());
    await this.#table.sayGone(this.id);
    await this.#table.close();
  }

  async #untilIdle(timeoutMs: number): Promise<void> {
    const ended = Promise.all([...this.#running.values()].map((running) => running.ended));
    const timer = new AbortController();
    const timeout = sleep(timeoutMs, undefined, { signal: timer.signal }).catch(() => undefined);
    await Promise.race([ended, timeout]);
    timer.abort();
  }

  #hear(jobId: string): void {
    if (jobId === "") this.#look();
    else if (this.#running.has(jobId)) this.#track(() => this.#beat());
  }

  /** New work or a cancellation may have been told while nobody listened. */
  #lookAround(): void {
    this.#look();
    this.#track(() => this.#beat());
  }

  #look(): void {
    this.#track(() => this.#claim());
  }

  #every(ms: number, work: () => Promise<unknown>): void {
    let isBusy = false;
    const tick = () => {
      if (isBusy) return;
      isBusy = true;
      this.#track(() => work().finally(() => (isBusy = false)));
    };
    this.#timers.push(setInterval(tick, ms));
  }

  /** Runs a control statement; one that fails is logged and left to the next turn. */
  #track(work: () => Promise<unknown>): void {
    const done: Promise<void> = work()
      .catch((error: unknown) => log.warn("A worker's statement failed", { worker: this.id, error }))
      .then(() => void this.#pending.delete(done));
    this.#pending.add(done);
  }

  /** Claims as many jobs as there are free hands. Calls during a claim make it look once more. */
  async #claim(): Promise<void> {
    this.#claimAgain = true;
    if (this.#isClaiming) return;
    this.#isClaiming = true;
    try {
      while (this.#claimAgain && this.#stopped === undefined) {
        this.#claimAgain = false;
        // those that have a limit of their own first: what they leave is for all others
        for (const { leases, most } of this.#claimable()) {
          const free = Math.min(most, this.#options.concurrency - this.#running.size);
          if (free <= 0) continue;
          const claimedAtMs = performance.now();
          for (const claim of await this.#table.claim(this.id, leases, free)) this.#run(claim, claimedAtMs);
        }
      }
    } finally {
      this.#isClaiming = false;
    }
  }

  /** Kinds of jobs that this worker may take now, with how many of them at most. */
  *#claimable(): Generator<{ leases: ReadonlyMap<string, number>; most: number }> {
    for (const { name, leaseSeconds, atOnce } of this.#limited) {
      const running = [...this.#running.values()].filter(({ job }) => job.claim.name === name).length;
      yield { leases: new Map([[name, leaseSeconds]]), most: atOnce - running };
    }
    yield { leases: this.#unlimited, most: this.#options.concurrency };
  }

  #run(claim: ClaimedJob, claimedAtMs: number): void {
    const definition = this.#definitions.get(claim.name);
    if (definition === undefined) throw new Error(`${claim.name} was claimed, but nobody asked for it.`);
    const { db, random } = this.#options;
    const job = new RunningJob(claim, definition, claimedAtMs, { db, table: this.#table });
    if (this.#stopped !== undefined) job.abort(new WorkerStoppingError());
    const ended = runJob(job, { db, table: this.#table, successes: this.#successes, random }).then(() => {
      // swept from this worker and claimed by it again, the id may stand for a newer attempt
      if (this.#running.get(claim.id)?.job === job) this.#running.delete(claim.id);
      if (this.#stopped === undefined) this.#look();
    });
    this.#running.set(claim.id, { job, ended });
  }

  /** Says that it lives, extends what it holds, and hears what was lost or cancelled. */
  async #beat(): Promise<void> {
    const sentAtMs = performance.now();
    const jobs = [...this.#running.values()].map(({ job }) => job);
    try {
      await this.#table.sayAlive(this.id);
      if (jobs.length === 0) return;
      const held = jobs.map(({ claim, definition }) => ({
        id: claim.id,
        fence: claim.fence,
        leaseSeconds: definition.leaseSeconds,
      }));
      for (const pulse of await this.#table.beat(held)) {
        const job = jobs.find(({ claim }) => claim.id === pulse.id);
        if (job === undefined) continue;
        if (!pulse.isHeld) job.abort(new LeaseLostError(pulse.id));
        if (pulse.isExtended) job.leaseUntilMs = sentAtMs + job.definition.leaseSeconds * 1000;
        if (pulse.cancelRequested) job.abort(new JobCancelledError(pulse.id));
      }
    } finally {
      // also when the database does not answer: someone else may have the job by now
      for (const job of jobs) if (performance.now() > job.leaseUntilMs) job.abort(new LeaseLostError(job.claim.id));
    }
  }

  async #sweep(): Promise<void> {
    if (this.#stopped !== undefined) return;
    await sweepDeadLeases(this.#options.db, this.#definitions, this.#options.random);
  }
}
