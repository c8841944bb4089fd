/** Why a call had no answer of its own: its time was up, or its thread died under it. */
export type TaskErrorReason = "timeout" | "died" | "closed";

/** The pool gave up on a call. What the task itself throws crosses as it is. */
export class TaskError extends Error {
  readonly reason: TaskErrorReason;

  constructor(reason: TaskErrorReason, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "TaskError";
    this.reason = reason;
  }
}
