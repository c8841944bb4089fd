import Stripe from "stripe";
import { fetch } from "undici";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/** How long Stripe may take for one answer. Its own library waits 80 s, which no person at a button does. */
const timeoutMs = 15_000;
/** After a lost connection, a conflict or a 5xx. The library repeats the same idempotency key. */
const maxRetries = 2;

/** The error of everything that would take money where nothing is set up to take it. */
export function paymentsNotConfigured(): AppError {
  return new AppError(
    "payments_not_configured",
    "This installation takes no payments: its admin grants credit and plans. Ask them for more.",
  );
}

/** Whether people can pay here. */
export function takesPayments(): boolean {
  return env().STRIPE_SECRET_KEY !== undefined;
}

/** The secret that signs webhooks. @throws {AppError} `payments_not_configured` */
export function requireWebhookSecret(): string {
  const secret = env().STRIPE_WEBHOOK_SECRET;
  if (secret === undefined) throw paymentsNotConfigured();
  return secret;
}

/**
 * Stripe's own client, against the configured host.
 *
 * One per request, so that its calls end with their caller: the library itself knows no abort.
 *
 * @param signal aborts every call that is under way
 * @throws {AppError} `payments_not_configured`
 */
export function requireStripe(signal: AbortSignal, options: { timeoutMs?: number; maxRetries?: number } = {}): Stripe {
  const { STRIPE_SECRET_KEY, STRIPE_API_BASE } = env();
  if (STRIPE_SECRET_KEY === undefined) throw paymentsNotConfigured();
  const base = new URL(STRIPE_API_BASE);
  const protocol = base.protocol === "http:" ? "http" : "https";
  return new Stripe(STRIPE_SECRET_KEY, {
    host: base.hostname,
    port: base.port === "" ? (protocol === "http" ? 80 : 443) : Number(base.port),
    protocol,
    timeout: options.timeoutMs ?? timeoutMs,
    maxNetworkRetries: options.maxRetries ?? maxRetries,
    telemetry: false,
    httpClient: Stripe.createFetchHttpClient(fetchUntil(signal)),
  });
}

/** undici's own fetch, which Next does not patch, ended by the library's timeout or by the caller's leaving. */
function fetchUntil(signal: AbortSignal): typeof globalThis.fetch {
  const fetchFn = (url: string, init: { signal?: AbortSignal } = {}) => {
    const signals = init.signal === undefined ? [signal] : [signal, init.signal];
    return fetch(url, { ...init, signal: AbortSignal.any(signals) });
  };
  // the two descriptions of fetch differ in names only
  return fetchFn as unknown as typeof globalThis.fetch;
}
