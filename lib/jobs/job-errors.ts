/** Thrown by a job that would fail the same way every time: it is not tried again. Its message may be shown. */
export class PermanentJobError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "PermanentJobError";
  }
}

/** This worker no longer holds the job: its lease ran out, and another may have it. Nothing was written. */
export class LeaseLostError extends Error {
  constructor(jobId: string) {
    super(`The lease of ${jobId} was lost.`);
    this.name = "LeaseLostError";
  }
}

/** The reason of `job.signal` when somebody cancelled the job. */
export class JobCancelledError extends Error {
  constructor(jobId: string) {
    super(`${jobId} was cancelled.`);
    this.name = "JobCancelledError";
  }
}

/** The reason of `job.signal` when the worker is stopping: the job goes back to the queue. */
export class WorkerStoppingError extends Error {
  constructor() {
    super("The worker is stopping.");
    this.name = "WorkerStoppingError";
  }
}
