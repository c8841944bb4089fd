import type { DbOrTransaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { UsageGroup } from "./schemas";
import type { Span } from "./usage-report-span";

/** Usage added up by one of its keys; null where it has none. */
export type UsageSum = {
  key: string | null;
  requests: bigint;
  inputTokens: bigint;
  outputTokens: bigint;
  compileTokens: bigint;
  quotaTokens: bigint;
  chatMicroUsd: bigint;
  proxyMicroUsd: bigint;
  compileMicroUsd: bigint;
  transcriptionMicroUsd: bigint;
};

const keyOf = {
  model: Prisma.sql`model`,
  face: Prisma.sql`face_id`,
  key: Prisma.sql`api_key_id`,
  day: Prisma.sql`to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD')`,
} satisfies Record<UsageGroup, Prisma.Sql>;

/** More than a charge and its usage record, which one transaction writes, can ever lie apart. */
const slack = Prisma.sql`interval '1 minute'`;

/**
 * Adds up what was used in a span, by model, face, key or day (UTC).
 *
 * A charge and its usage record are written together but may bear times that are some milliseconds apart. Where a
 * border of days lies near, the ledger's time counts, so that every span adds up to the charges that the ledger has in
 * it. What a language model really took for compiling (`compile_model`) is charged to nobody and not counted.
 */
export function sumUsage(db: DbOrTransaction, accountId: string, group: UsageGroup, span: Span): Promise<UsageSum[]> {
  return db.$queryRaw<UsageSum[]>`
    WITH work AS (
      SELECT kind, model, face_id, api_key_id, input_tokens, output_tokens, quota_tokens, cost_micro_usd,
        CASE WHEN cost_micro_usd > 0 AND ${isNearBorder(span)} THEN coalesce((
            SELECT l.created_at FROM ledger_entries l
            WHERE l.account_id = u.account_id AND l.kind = 'charge'
              AND l.reference = CASE WHEN u.kind = 'compile' THEN 'compile:' || u.reference ELSE u.reference END
          ), u.created_at) ELSE u.created_at END AS at
      FROM usage_records u
      WHERE account_id = ${accountId} AND kind IN ('chat', 'proxy', 'compile', 'transcription')
        AND created_at >= ${span.from}::timestamptz - ${slack} AND created_at < ${span.to}::timestamptz + ${slack}
    )
    SELECT ${keyOf[group]} AS key,
      count(*) FILTER (WHERE kind <> 'compile') AS requests,
      coalesce(sum(input_tokens) FILTER (WHERE kind <> 'compile'), 0)::bigint AS "inputTokens",
      coalesce(sum(output_tokens) FILTER (WHERE kind <> 'compile'), 0)::bigint AS "outputTokens",
      coalesce(sum(input_tokens) FILTER (WHERE kind = 'compile'), 0)::bigint AS "compileTokens",
      coalesce(sum(quota_tokens), 0)::bigint AS "quotaTokens",
      coalesce(sum(cost_micro_usd) FILTER (WHERE kind = 'chat'), 0)::bigint AS "chatMicroUsd",
      coalesce(sum(cost_micro_usd) FILTER (WHERE kind = 'proxy'), 0)::bigint AS "proxyMicroUsd",
      coalesce(sum(cost_micro_usd) FILTER (WHERE kind = 'compile'), 0)::bigint AS "compileMicroUsd",
      coalesce(sum(cost_micro_usd) FILTER (WHERE kind = 'transcription'), 0)::bigint AS "transcriptionMicroUsd"
    FROM work WHERE at >= ${span.from}::timestamptz AND at < ${span.to}::timestamptz
    GROUP BY 1`;
}

function isNearBorder({ from, to }: Span): Prisma.Sql {
  return Prisma.sql`(
    (u.created_at AT TIME ZONE 'UTC')::time NOT BETWEEN '00:01' AND '23:59'
    OR abs(extract(epoch FROM u.created_at - ${from}::timestamptz)) < 60
    OR abs(extract(epoch FROM u.created_at - ${to}::timestamptz)) < 60)`;
}

/** What the ledger charged in a span, in micro-USD. */
export async function sumCharges(db: DbOrTransaction, accountId: string, { from, to }: Span): Promise<bigint> {
  const [row] = await db.$queryRaw<{ sum: bigint }[]>`
    SELECT coalesce(sum(abs(amount_micro_usd)), 0)::bigint AS sum FROM ledger_entries
    WHERE account_id = ${accountId} AND kind = 'charge'
      AND created_at >= ${from}::timestamptz AND created_at < ${to}::timestamptz`;
  return row?.sum ?? 0n;
}
