import type { Ctx } from "@/lib/auth/context";
import type { Db } from "@/lib/db/client";
import { type CompileRate, splitCompile } from "./charge-compile";
import { type CompileQuota, readCompileQuota } from "./compile-quota";
import { type CompiledDay, forecastQuota, lookBackDays, quotaDays } from "./forecast-quota";
import { usdFromMicroUsd } from "./money";
import type { QuotaForecast } from "./schemas";
import { daysOf } from "./usage-report-span";

const dayMs = 24 * 60 * 60 * 1000;
/** A quota that is not renewed is shown from its first use on, but no longer back than this. */
const mostDays = 90;
const million = 1_000_000;

type DaySum = { day: string; tokens: number };

/**
 * How the compile quota went day by day in this period, and where it is heading at the pace of the last week.
 *
 * @param rate what compiling costs past the quota
 */
export async function showQuotaForecast({ actor, db }: Ctx, rate: CompileRate): Promise<QuotaForecast> {
  const { accountId } = actor;
  const now = new Date();
  const quota = await readCompileQuota(db, accountId, now);
  const [taken, returned, compiled] = await Promise.all([
    takenByDay(db, accountId, quota.startsAt),
    returnedByDay(db, accountId, quota.startsAt),
    compiledByDay(db, accountId, now),
  ]);
  const from = firstDay(quota, taken, now);
  const days = daysOf({ from, to: new Date(now.getTime() + 1) });
  const known = { taken: new Map(taken), returned: new Map(returned), before: 0 };
  const [first = ""] = days;
  for (const [day, tokens] of taken) if (day < first) known.before += tokens;
  for (const [day, tokens] of returned) if (day < first) known.before -= tokens;
  return {
    starts_at: from.toISOString(),
    ends_at: quota.resetsAt?.toISOString() ?? null,
    tokens_limit: quota.tokensLimit,
    tokens_used: quota.tokensUsed,
    days: quotaDays(days, known),
    ...forecastQuota({
      ...{ now, endsAt: quota.resetsAt, tokensLimit: quota.tokensLimit, tokensUsed: quota.tokensUsed, compiled },
      usdPerToken: quota.isOverflowEnabled ? usdPerToken(rate) : null,
    }),
  };
}

function firstDay(
  { resetsAt, startsAt }: CompileQuota,
  taken: readonly (readonly [string, number])[],
  now: Date,
): Date {
  if (resetsAt !== null) return startsAt;
  const first = taken[0]?.[0];
  const used = first === undefined ? now.getTime() : Date.parse(first);
  return new Date(Math.max(used, now.getTime() - mostDays * dayMs));
}

function usdPerToken(rate: CompileRate): number | null {
  const usd = usdFromMicroUsd(splitCompile(million, 0, rate).costMicroUsd) / million;
  return usd === 0 ? null : usd;
}

/** Both in the order of days; of the same work, so that together they are what the quota has lost. */
async function takenByDay(db: Db, accountId: string, startsAt: Date): Promise<[string, number][]> {
  const rows = await db.$queryRaw<DaySum[]>`
    SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, sum(quota_tokens)::float8 AS tokens
    FROM usage_records WHERE account_id = ${accountId} AND kind = 'compile' AND created_at >= ${startsAt}
    GROUP BY 1 ORDER BY 1`;
  return rows.map(({ day, tokens }) => [day, tokens]);
}

async function returnedByDay(db: Db, accountId: string, startsAt: Date): Promise<[string, number][]> {
  const rows = await db.$queryRaw<DaySum[]>`
    SELECT to_char(released_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, sum(quota_tokens)::float8 AS tokens
    FROM usage_records WHERE account_id = ${accountId} AND kind = 'compile' AND created_at >= ${startsAt}
      AND released_at IS NOT NULL
    GROUP BY 1 ORDER BY 1`;
  return rows.map(({ day, tokens }) => [day, tokens]);
}

async function compiledByDay(db: Db, accountId: string, now: Date): Promise<CompiledDay[]> {
  const from = new Date((Math.floor(now.getTime() / dayMs) - lookBackDays + 1) * dayMs);
  const rows = await db.$queryRaw<DaySum[]>`
    SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, sum(input_tokens)::float8 AS tokens
    FROM usage_records WHERE account_id = ${accountId} AND kind = 'compile' AND created_at >= ${from} GROUP BY 1`;
  const byDay = new Map(rows.map(({ day, tokens }) => [day, tokens]));
  return daysOf({ from, to: new Date(now.getTime() + 1) }).map((day) => ({ day, tokens: byDay.get(day) ?? 0 }));
}
