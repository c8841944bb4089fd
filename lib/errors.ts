/**
 * The closed list of what can go wrong for a caller. `lib/http/error-response.ts` gives each its status.
 */
export type ErrorCode =
  | "unauthorized"
  | "insufficient_credits"
  | "quota_exceeded"
  | "budget_exceeded"
  | "account_frozen"
  | "payment_failed"
  | "forbidden"
  | "plan_limit"
  | "not_found"
  | "model_not_found"
  | "conflict"
  | "idempotency_mismatch"
  | "too_large"
  | "unsupported_type"
  | "invalid_input"
  | "offset_too_deep"
  | "payments_not_configured"
  | "unreadable"
  | "rate_limited"
  | "upstream_failed"
  | "unavailable";

export type AppErrorOptions = {
  /** The field that is wrong, as the caller wrote it. */
  param?: string;
  /** Seconds after which a retry makes sense. */
  retryAfterSeconds?: number;
  cause?: unknown;
};

const brand: unique symbol = Symbol.for("faces.AppError");

/** Every error that a caller may see. Its message is a whole sentence, safe to show. */
export class AppError extends Error {
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly param: string | null;
  readonly retryAfterSeconds: number | null;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.param = options.param ?? null;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }

  /** The web process holds this class in several bundles, which share threads: an error of one is one in all. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this !== AppError) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === "object" && value !== null && brand in value;
  }
}

/** The thing does not exist, or is somebody else's: the answer is the same, so that ids cannot be probed. */
export class NotFoundError extends AppError {
  constructor(what: string) {
    super("not_found", `${what} was not found.`);
  }
}

export class InvalidInputError extends AppError {
  constructor(message: string, param?: string) {
    super("invalid_input", message, param === undefined ? {} : { param });
  }
}

export class ForbiddenError extends AppError {
  constructor(message: string) {
    super("forbidden", message);
  }
}
