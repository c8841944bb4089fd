import type { DbOrTransaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { UsageGroup } from "./schemas";
import type { Span } from "./usage-report-span";

/** What was used of one kind, under one key: a model, an id, a day as YYYY-MM-DD; null where it has none. */
export type UsageSum = {
  key: string | null;
  kind: "chat" | "proxy" | "compile" | "transcription";
  requests: bigint;
  inputTokens: bigint;
  outputTokens: bigint;
  quotaTokens: bigint;
  costMicroUsd: bigint;
};

const day = Prisma.sql`(at AT TIME ZONE 'UTC')::date`;

/** What rows are grouped by, and how that is written as text: once a group, not once a row. */
const keys = {
  model: { by: Prisma.sql`model`, text: Prisma.sql`model` },
  face: { by: Prisma.sql`face_id`, text: Prisma.sql`face_id` },
  key: { by: Prisma.sql`api_key_id`, text: Prisma.sql`api_key_id` },
  day: { by: day, text: Prisma.sql`to_char(${day}, 'YYYY-MM-DD')` },
} satisfies Record<UsageGroup, { by: Prisma.Sql; text: Prisma.Sql }>;

/** More than a charge and its usage record, which one transaction writes, can ever lie apart. */
const slack = Prisma.sql`interval '1 minute'`;

/**
 * Adds up what was used in a span, by kind and by model, face, key or day (UTC).
 *
 * A charge and its usage record are written together but may bear times that are some milliseconds apart. The few
 * beside a border of days (`near`) count at the ledger's time, so that every span adds up to the charges that the
 * ledger has in it. What a language model really took for compiling (`compile_model`) is charged to nobody and not
 * counted. Both tables are read by account and time, on their indexes.
 */
export function sumUsage(db: DbOrTransaction, accountId: string, group: UsageGroup, span: Span): Promise<UsageSum[]> {
  const from = Prisma.sql`${span.from}::timestamptz`;
  const to = Prisma.sql`${span.to}::timestamptz`;
  const own = Prisma.sql`u.account_id = ${accountId} AND u.kind IN ('chat', 'proxy', 'compile', 'transcription')`;
  const columns = Prisma.sql`kind, model, face_id, api_key_id, input_tokens, output_tokens, quota_tokens, cost_micro_usd`;
  const { by, text } = keys[group];
  return db.$queryRaw<UsageSum[]>`
    WITH borders AS (
      SELECT ${from} AS border UNION SELECT ${to}
      UNION SELECT generate_series(date_trunc('day', ${from}, 'UTC'), ${to}, interval '24 hours')
    ), near AS MATERIALIZED (
      SELECT DISTINCT u.* FROM borders
      JOIN usage_records u ON ${own} AND u.created_at >= border - ${slack} AND u.created_at < border + ${slack}
      WHERE u.cost_micro_usd > 0
    ), work AS (
      SELECT ${columns}, created_at AS at FROM usage_records u
      WHERE ${own} AND created_at >= ${from} AND created_at < ${to}
        AND NOT EXISTS (SELECT 1 FROM near WHERE near.id = u.id)
      UNION ALL
      SELECT * FROM (
        SELECT ${columns}, coalesce((
          SELECT l.created_at FROM ledger_entries l
          WHERE l.account_id = near.account_id AND l.kind = 'charge'
            AND l.reference IN (near.reference, 'compile:' || near.reference)
          LIMIT 1), created_at) AS at
        FROM near) AS charged
      WHERE at >= ${from} AND at < ${to}
    )
    SELECT ${text} AS key, kind, count(*) AS requests,
      sum(input_tokens) AS "inputTokens", sum(output_tokens) AS "outputTokens", sum(quota_tokens) AS "quotaTokens",
      sum(cost_micro_usd)::bigint AS "costMicroUsd"
    FROM work GROUP BY ${by}, kind`;
}

/** What the ledger charged in a span, in micro-USD. */
export async function sumCharges(db: DbOrTransaction, accountId: string, { from, to }: Span): Promise<bigint> {
  const [row] = await db.$queryRaw<{ sum: bigint }[]>`
    SELECT coalesce(sum(abs(amount_micro_usd)), 0)::bigint AS sum FROM ledger_entries
    WHERE account_id = ${accountId} AND kind = 'charge'
      AND created_at >= ${from}::timestamptz AND created_at < ${to}::timestamptz`;
  return row?.sum ?? 0n;
}
