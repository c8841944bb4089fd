import Stripe from "stripe";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";

const retrySeconds = 10;

/**
 * Asks Stripe, and tells what went wrong in the product's own words.
 *
 * @throws {AppError} `payment_failed` the card was refused; `unavailable` Stripe is down, slow or busy; `conflict` the
 *   same is being done already; `upstream_failed` Stripe does not accept this installation's request
 */
export async function asking<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof Stripe.errors.StripeError ? toAppError(error) : error;
  }
}

function toAppError(error: Stripe.errors.StripeError): AppError {
  const { errors } = Stripe;
  if (error instanceof errors.StripeCardError) {
    return new AppError("payment_failed", `The card was not charged: ${error.message}`, { cause: error });
  }
  if (error instanceof errors.StripeIdempotencyError || error.statusCode === 409) {
    const message = "The same is already under way. Wait a moment, then look whether it is done.";
    return new AppError("conflict", message, { retryAfterSeconds: 2, cause: error });
  }
  if (isPassing(error)) {
    const message = "Stripe, which takes the payments here, cannot be reached right now. Try again in a moment.";
    return new AppError("unavailable", message, { retryAfterSeconds: retrySeconds, cause: error });
  }
  log.error("stripe refused a request", { type: error.type, code: error.code, stripeRequest: error.requestId });
  if (error instanceof errors.StripeAuthenticationError || error instanceof errors.StripePermissionError) {
    const message = "Stripe does not accept this installation's key. Its admin should check STRIPE_SECRET_KEY.";
    return new AppError("upstream_failed", message, { cause: error });
  }
  return new AppError("upstream_failed", `Stripe refused this: ${error.message}`, { cause: error });
}

/** Nothing is wrong with what was asked: later it may work. */
function isPassing(error: Stripe.errors.StripeError): boolean {
  const { errors } = Stripe;
  if (error instanceof errors.StripeConnectionError || error instanceof errors.StripeRateLimitError) return true;
  return error.statusCode === 429 || (error.statusCode ?? 500) >= 500;
}

/** Stripe says that the thing named by `param` is not there. */
export function isMissing(error: unknown, param: string): boolean {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError &&
    error.code === "resource_missing" &&
    error.param === param
  );
}
