import { z } from "zod";
import { formatCount, formatUsd } from "@/lib/format";
import { daysBy } from "@/lib/format-reader";
import { planOf, plans } from "./plans";

const QuotaData = z.object({
  plan: z.string(),
  tokens_used: z.number(),
  tokens_limit: z.number(),
  resets_at: z.string().nullable(),
  overflow_enabled: z.boolean(),
});
const CreditData = z.object({ balance_usd: z.number(), credited_usd: z.number() });
const PaymentData = z.object({ amount_usd: z.number(), next_attempt_at: z.string().nullable() });
const PlanData = z.object({ plan: z.string() });

/** What a notice says, as of when it was made: cause, then what follows. */
export function noticeWords(kind: string, data: unknown): string {
  const words = wordsByKind[kind]?.(data);
  return words ?? "There is something to look at in this account's usage and billing.";
}

const wordsByKind: Record<string, (data: unknown) => string | null> = {
  quota_50: (data) =>
    read(QuotaData, data, (quota) => `Half of the compile quota is used: ${ofQuota(quota)}. ${renewal(quota)}`),
  quota_80: (data) =>
    read(QuotaData, data, (quota) => `80% of the compile quota is used: ${ofQuota(quota)}. ${renewal(quota)}`),
  quota_100: (data) =>
    read(QuotaData, data, (quota) => {
      const usedUp = `The compile quota of ${formatCount(quota.tokens_limit)} tokens is used up.`;
      if (quota.overflow_enabled) {
        return `${usedUp} Syncs go on with credit, and stop where there is none. ${renewal(quota)}`;
      }
      return `${usedUp} Syncs stop, since compiling on credit is switched off. ${renewal(quota)}`;
    }),
  credit_low: (data) =>
    read(CreditData, data, ({ balance_usd: left, credited_usd: last }) =>
      left <= 0
        ? `The credit is used up: nothing is left of the ${formatUsd(last)} that came in last. Chat with priced models and compiling past the quota stop until more comes in.`
        : `Credit runs low: ${formatUsd(left)} was left, and ${formatUsd(last)} came in last. Add credit before it ends.`,
    ),
  payment_failed: (data) =>
    read(PaymentData, data, ({ amount_usd: amount, next_attempt_at: next }) => {
      const then = next === null ? "It is not tried again by itself." : `It is tried again on ${utcDay(next)}.`;
      return `A payment of ${formatUsd(amount)} did not go through. ${then} Check the card, or pay the invoice yourself.`;
    }),
  plan_ended: (data) =>
    read(PlanData, data, ({ plan }) => `The paid plan ${plan in plans ? planOf(plan).name : plan} has ended.`),
};

function read<Schema extends z.ZodType>(schema: Schema, data: unknown, say: (data: z.infer<Schema>) => string) {
  const parsed = schema.safeParse(data);
  return parsed.success ? say(parsed.data) : null;
}

function ofQuota(quota: z.infer<typeof QuotaData>): string {
  return `${formatCount(quota.tokens_used)} of ${formatCount(quota.tokens_limit)} tokens`;
}

function renewal({ resets_at }: z.infer<typeof QuotaData>): string {
  return resets_at === null ? "On this plan it does not renew." : `It renews on ${utcDay(resets_at)}.`;
}

/** The server does not know where its reader is. */
function utcDay(iso: string): string {
  return daysBy({ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(Date.parse(iso));
}
