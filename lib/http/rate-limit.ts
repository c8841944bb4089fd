import { createHash } from "node:crypto";
import type { Actor, Scope } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { accountLimits, addressLimit, type RateClass, type RateLimit } from "@/lib/keys/rate-limits";
import { addressBlock } from "./client-address";
import { RateCounters, type Standing, type Take } from "./rate-counters";

// held on globalThis because Next bundles this module more than once
const held = globalThis as { facesRateCounters?: RateCounters };

function counters(): RateCounters {
  held.facesRateCounters ??= new RateCounters(db);
  return held.facesRateCounters;
}

/** Whose requests an answer tells the caller about. */
export type Admission = { standing: Standing | null };

/** What a route's requests are counted as. */
export function rateClassOf(scope: Scope, method: string): RateClass {
  if (method === "GET" || method === "HEAD" || scope.endsWith(":read")) return "read";
  return scope === "chat" ? "chat" : "write";
}

/**
 * Counts a request for the address it comes from, before anything is known of the caller. One that came by no network
 * has none.
 *
 * @throws {AppError} `rate_limited`
 */
export async function admitAddress(request: Request, what: RateClass, admission: Admission): Promise<void> {
  // the front server has written it: nothing of it is the caller's word (lib/http/front-server.ts)
  const address = request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
  if (!address) return;
  const takes = takesOf(what, [["address", addressBlock(address), addressLimit(what, env().RATE_LIMITS)]]);
  await admit(takes, admission, "this address");
}

/**
 * Counts a request for its key and its account.
 *
 * @throws {AppError} `rate_limited`
 */
export async function admitActor(actor: Actor, what: RateClass, admission: Admission): Promise<void> {
  const { accountId, credential, plan } = actor;
  const limits = accountLimits(plan ?? env().DEFAULT_PLAN, what, env().RATE_LIMITS);
  const takes = takesOf(what, [
    ["account", accountId, limits.account],
    ["key", credential.kind === "key" ? credential.keyId : "", credential.kind === "key" ? limits.key : null],
  ]);
  await admit(takes, admission, credential.kind === "key" ? "this API key or its account" : "this account");
}

function takesOf(what: RateClass, limits: [kind: string, subject: string, limit: RateLimit][]): Take[] {
  return limits.flatMap(([kind, subject, limit]) => {
    if (limit === null) return [];
    return [{ key: kind === "address" ? addressKey(what, subject) : `${what} ${kind} ${subject}`, limit }];
  });
}

const addressKeys = new Map<string, string>();
const maxAddressKeys = 10_000;

/** Addresses are people's: the table holds their hashes. */
function addressKey(what: RateClass, address: string): string {
  const plain = `${what} address ${address}`;
  let key = addressKeys.get(plain);
  if (key === undefined) {
    if (addressKeys.size >= maxAddressKeys) addressKeys.clear();
    key = `${what} address ${createHash("sha256").update(address).digest("base64url")}`;
    addressKeys.set(plain, key);
  }
  return key;
}

async function admit(takes: Take[], admission: Admission, whose: string): Promise<void> {
  if (takes.length === 0) return;
  const standing = await counters().take(takes);
  if (standing === null) return;
  const { isAdmitted, limit, remaining, retrySeconds } = standing;
  if (!isAdmitted || admission.standing === null || remaining < admission.standing.remaining) {
    admission.standing = standing;
  }
  if (isAdmitted) return;
  const seconds = Math.max(1, Math.ceil(retrySeconds));
  throw new AppError(
    "rate_limited",
    `Too many requests: ${whose} may send ${limit} of this kind in a minute. Try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`,
    { retryAfterSeconds: seconds },
  );
}

/** Tells where the caller stands, in the headers that OpenAI's clients read; what a provider has told is left alone. */
export function setRateHeaders({ headers }: Response, { standing }: Admission): void {
  if (standing === null || headers.has("x-ratelimit-limit-requests")) return;
  headers.set("x-ratelimit-limit-requests", String(standing.limit));
  headers.set("x-ratelimit-remaining-requests", String(standing.remaining));
  headers.set("x-ratelimit-reset-requests", duration(standing.resetSeconds));
}

/** `1m12s`, as OpenAI writes it. */
function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole}s` : `${Math.floor(whole / 60)}m${whole % 60}s`;
}
