import { AppError, type ErrorCode } from "@/lib/errors";
import { log } from "@/lib/log";

/** What keeps a page from answering anybody: its owner's budget, credit, account or model. A visitor learns no more. */
const restful: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "budget_exceeded",
  "insufficient_credits",
  "account_frozen",
  "payment_failed",
  "quota_exceeded",
  "plan_limit",
  "model_not_found",
]);

export function restingError(name: string): AppError {
  return new AppError("unavailable", `${name} is resting for now. Come back later.`);
}

/** There is nothing at an address, or not any more. */
export function noPageError(): AppError {
  return new AppError("not_found", "There is no page at this address, or not any more.");
}

/** Whatever went wrong, as a visitor is told it: nothing of the account, its money or its models is in it. */
export function toVisitorError(error: unknown, name: string, requestId: string): AppError {
  const known = error instanceof AppError ? error : null;
  if (known === null) log.error("unforeseen error", { requestId, error });
  if (known !== null && restful.has(known.code)) return restingError(name);
  if (known?.code === "not_found") return noPageError();
  if (known?.code === "rate_limited") {
    const wait = known.retryAfterSeconds;
    return new AppError("rate_limited", `${name} is talking to many people. Try again in a moment.`, {
      ...(wait === null ? {} : { retryAfterSeconds: wait }),
    });
  }
  if (known?.code === "invalid_input" || known?.code === "too_large") {
    return new AppError("invalid_input", "This conversation cannot go on. Start again.");
  }
  return new AppError("upstream_failed", "No answer came. Try again in a moment.");
}
