import { planOf } from "./plans";

const dayMs = 24 * 60 * 60 * 1000;

/** The current period of an account's quota: counted in whole periods from when its plan began. */
export function quotaPeriod(
  account: { plan: string; planStartedAt: Date },
  now = new Date(),
): { startsAt: Date; resetsAt: Date | null } {
  const { periodDays } = planOf(account.plan);
  // given once for all: every use counts, also from before the plan
  if (periodDays === null) return { startsAt: new Date(0), resetsAt: null };
  const length = periodDays * dayMs;
  const elapsed = Math.max(0, now.getTime() - account.planStartedAt.getTime());
  const startsAt = new Date(account.planStartedAt.getTime() + Math.floor(elapsed / length) * length);
  return { startsAt, resetsAt: new Date(startsAt.getTime() + length) };
}
