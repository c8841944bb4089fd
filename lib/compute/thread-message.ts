import { AppError, type ErrorCode } from "@/lib/errors";

/** One call, as it goes into a thread. */
export type ThreadRequest = { id: number; name: string; input: unknown };

/** Its answer, as it comes out. */
export type ThreadReply = { id: number; ok: true; output: unknown } | { id: number; ok: false; error: ErrorMessage };

/** An error taken apart: a structured clone would lose its class and its fields. */
export type ErrorMessage = {
  name: string;
  message: string;
  stack: string | null;
  /** An AppError's own fields, or null when it is another error. */
  app: { code: ErrorCode; param: string | null; retryAfterSeconds: number | null } | null;
  /** Any other error's `code`. */
  code: string | null;
};

/** Takes an error apart for the way between threads. Causes stay behind. */
export function toErrorMessage(error: unknown): ErrorMessage {
  if (!(error instanceof Error)) return { name: "Error", message: String(error), stack: null, app: null, code: null };
  const app =
    error instanceof AppError
      ? { code: error.code, param: error.param, retryAfterSeconds: error.retryAfterSeconds }
      : null;
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  return { name: error.name, message: error.message, stack: error.stack ?? null, app, code };
}

/** Puts an error together again: an AppError is one, any other keeps its name, message, stack and `code`. */
export function fromErrorMessage({ name, message, stack, app, code }: ErrorMessage): Error {
  const error = app === null ? new Error(message) : new AppError(app.code, message, appOptions(app));
  error.name = name;
  if (stack !== null) error.stack = stack;
  if (app === null && code !== null) Object.assign(error, { code });
  return error;
}

function appOptions(app: { param: string | null; retryAfterSeconds: number | null }) {
  return {
    ...(app.param === null ? {} : { param: app.param }),
    ...(app.retryAfterSeconds === null ? {} : { retryAfterSeconds: app.retryAfterSeconds }),
  };
}
