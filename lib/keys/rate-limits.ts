import type { RateLimitSettings } from "@/lib/request-settings";

/** What a request costs, roughly: each class is counted by itself. */
export const rateClasses = ["auth", "chat", "write", "read"] as const;
export type RateClass = (typeof rateClasses)[number];

/** Requests in any sixty seconds; null is without end. */
export type RateLimit = number | null;

type AccountLimits = Record<Exclude<RateClass, "auth">, { key: RateLimit; account: RateLimit }>;

/** Of an account and of each of its keys, by plan. One key that runs wild leaves room for the others. */
const byPlan: Record<string, AccountLimits> = {
  free: {
    chat: { key: 60, account: 120 },
    write: { key: 120, account: 240 },
    read: { key: 600, account: 1_200 },
  },
  standard: {
    chat: { key: 300, account: 600 },
    write: { key: 300, account: 600 },
    read: { key: 1_500, account: 3_000 },
  },
  pro: {
    chat: { key: 3_000, account: 6_000 },
    write: { key: 1_200, account: 2_400 },
    read: { key: 6_000, account: 12_000 },
  },
};

/**
 * Of an address, whoever calls from it: an office shares one. `auth` is signing in and registering, before anybody is
 * known; guessing is bounded much lower, by what is guessed at (lib/auth/count-attempt.ts).
 */
const byAddress: Record<RateClass, RateLimit> = { auth: 300, chat: 12_000, write: 6_000, read: 24_000 };

/** What an account of a plan, and each of its keys, may ask for. A plan that is not known here has the least. */
export function accountLimits(
  plan: string,
  what: RateClass,
  settings: RateLimitSettings,
): { key: RateLimit; account: RateLimit } {
  const limits = (Object.hasOwn(byPlan, plan) ? byPlan[plan] : undefined) ?? byPlan["free"];
  const own = what === "auth" ? undefined : limits?.[what];
  return {
    key: adjusted(own?.key ?? null, settings.key[what], settings.factor),
    account: adjusted(own?.account ?? null, settings.account[what], settings.factor),
  };
}

/** What may be asked from one address. */
export function addressLimit(what: RateClass, settings: RateLimitSettings): RateLimit {
  return adjusted(byAddress[what], settings.address[what], settings.factor);
}

function adjusted(usual: RateLimit, set: number | undefined, factor: number): RateLimit {
  if (set !== undefined) return set === 0 ? null : set;
  return usual === null ? null : Math.max(1, Math.round(usual * factor));
}
