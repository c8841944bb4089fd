import type { z } from "zod";
import type { Db, Transaction } from "@/lib/db/client";
import type { ErrorCode } from "@/lib/errors";
import { type Enqueued, type EnqueueOptions, enqueueJob } from "./queue";

/** What survives JSON unchanged. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** What a running job gets. Every write through it is fenced: once the lease is lost, nothing goes through. */
export type JobContext = {
  id: string;
  /** 1 for the first try */
  attempt: number;
  db: Db;
  /** Aborted when the job is cancelled, its lease is lost or the worker stops; pass it on. */
  signal: AbortSignal;
  /**
   * Runs `work` once for all attempts: its result is stored, and a later attempt gets the stored one.
   * Both get it as it comes out of JSON.
   *
   * @throws {LeaseLostError}
   */
  step<T extends Json | undefined>(name: string, work: () => Promise<T>): Promise<T>;
  /**
   * Runs `work` in a transaction that commits only while this worker holds the job. Like every transaction it may
   * run again after a deadlock.
   *
   * @throws {LeaseLostError} and nothing is written
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * Ends the job as succeeded in the same transaction as its last writes, unless `work` finds that there is more to
   * do and returns false. When `work` and whoever enqueues take the same lock, no request falls between the last look
   * and the end. `run` should return when this is true.
   *
   * @throws {LeaseLostError} and nothing is written
   */
  finish(work: (tx: Transaction) => Promise<boolean>): Promise<boolean>;
  /** Shows how far it is: kept at once, written at most twice a second. Never fails a job. */
  progress(value: object): void;
};

export type JobDefinition<P> = {
  /** `domain.verb` */
  name: string;
  /** Ids only: the job reads the rest when it runs. */
  payload: z.ZodType<P>;
  maxAttempts: number;
  /** How long a silent worker keeps the job; it says that it lives three times as often. */
  leaseSeconds: number;
  /** At most one queued or running job per name and key. */
  key?(payload: P): string;
  /** So many at once in one worker: for what mostly waits for somebody else, so that no other work waits behind it. */
  atOnce?: number;
  /** Codes of AppErrors that no further try can change. */
  permanentErrors?: readonly ErrorCode[];
  /** Safe to run twice: a worker may die after any statement. */
  run(payload: P, job: JobContext): Promise<void>;
  /** In the transaction that marks the job as failed. `reason` is a sentence that may be shown. */
  onFailed?(tx: Transaction, payload: P, reason: string): Promise<void>;
  /** In the transaction that marks it as cancelled, when it was running. A queued one just leaves the queue. */
  onCancelled?(tx: Transaction, payload: P): Promise<void>;
};

export type Job<P> = JobDefinition<P> & {
  /**
   * Queues the job; it exists once the caller's transaction commits.
   *
   * When one of the same key is queued or running, that one is returned, and a pending cancellation of it is taken
   * back. Its row is locked until the caller commits.
   *
   * @throws {z.ZodError} the payload is not what the job takes
   */
  enqueue(tx: Transaction, payload: P, options?: EnqueueOptions): Promise<Enqueued>;
};

/** Any job, as the registry and the worker know it: its payload comes out of its own schema. */
export type AnyJob = Job<unknown>;

/** Describes a job and how to queue it. It runs once it is listed in `lib/jobs/registry.ts`. */
export function defineJob<P>(definition: JobDefinition<P>): Job<P> {
  return {
    ...definition,
    async enqueue(tx, payload, options) {
      const parsed = definition.payload.parse(payload);
      const key = definition.key?.(parsed) ?? null;
      return enqueueJob(
        tx,
        { name: definition.name, key, payload: parsed, maxAttempts: definition.maxAttempts },
        options,
      );
    },
  };
}
