import type { DbOrTransaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { UsageGroup, UsageSplit, WorkFilter, WorkKind } from "./schemas";
import type { Span } from "./usage-report-span";
import { isFiltered, isMeant } from "./work-filter";

/** What was used of one kind, under one key: a model, an id, a day as YYYY-MM-DD; null where it has none. */
export type UsageSum = {
  key: string | null;
  /** what it is split by within that; null also where nothing is split */
  part: string | null;
  kind: WorkKind;
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

const parts = {
  kind: Prisma.sql`kind`,
  model: Prisma.sql`model`,
  face: Prisma.sql`face_id`,
  key: Prisma.sql`api_key_id`,
} satisfies Record<UsageSplit, Prisma.Sql>;

/** What is added up, and by what. */
export type Asked = { accountId: string; group: UsageGroup; split?: UsageSplit | undefined; filter: WorkFilter };

/** More than a charge and its usage record, which one transaction writes, can ever lie apart. */
const slack = Prisma.sql`interval '1 minute'`;

/**
 * Adds up what was used in a span, by kind and by model, face, key or day (UTC).
 *
 * A charge and its usage record are written together but may bear times that are some milliseconds apart. The few
 * beside a border of days count at the ledger's time, so that every span adds up to the charges that the ledger has in
 * it. What a language model really took for compiling (`compile_model`) is charged to nobody and not counted.
 */
export function sumUsage(
  db: DbOrTransaction,
  { accountId, group, split, filter }: Asked,
  span: Span,
): Promise<UsageSum[]> {
  const from = Prisma.sql`${span.from}::timestamptz`;
  const to = Prisma.sql`${span.to}::timestamptz`;
  const isNearBorder = Prisma.sql`(
    (u.created_at AT TIME ZONE 'UTC')::time NOT BETWEEN '00:01' AND '23:59'
    OR u.created_at < ${from} + ${slack} OR u.created_at > ${to} - ${slack})`;
  const { by, text } = keys[group];
  const part = split === undefined ? Prisma.sql`NULL::text` : parts[split];
  // OFFSET 0: `at` is worked out once a row, rather than wherever it is named
  return db.$queryRaw<UsageSum[]>`
    WITH work AS (
      SELECT kind, model, face_id, api_key_id, input_tokens, output_tokens, quota_tokens, cost_micro_usd,
        CASE WHEN cost_micro_usd > 0 AND ${isNearBorder} THEN coalesce((
          SELECT l.created_at FROM ledger_entries l
          WHERE l.account_id = u.account_id AND l.kind = 'charge' AND l.reference = u.reference
        ), created_at) ELSE created_at END AS at
      FROM usage_records u
      WHERE account_id = ${accountId} AND kind IN ('chat', 'proxy', 'compile', 'transcription', 'portrait')
        AND created_at >= ${from} - ${slack} AND created_at < ${to} + ${slack}
        AND ${isMeant(filter)}
      OFFSET 0
    )
    SELECT ${text} AS key, ${part} AS part, kind, count(*) AS requests,
      sum(input_tokens) AS "inputTokens", sum(output_tokens) AS "outputTokens", sum(quota_tokens) AS "quotaTokens",
      sum(cost_micro_usd)::bigint AS "costMicroUsd"
    FROM work WHERE at >= ${from} AND at < ${to} GROUP BY ${by}, 2, kind`;
}

/** What the ledger charged in a span, in micro-USD: for all work, or for that which a filter means. */
export async function sumCharges(
  db: DbOrTransaction,
  { accountId, filter }: Pick<Asked, "accountId" | "filter">,
  { from, to }: Span,
): Promise<bigint> {
  const isOfMeant = Prisma.sql`EXISTS (
    SELECT 1 FROM usage_records u WHERE u.kind IN ('chat', 'proxy', 'compile', 'transcription', 'portrait')
      AND u.reference = l.reference AND u.account_id = l.account_id AND ${isMeant(filter)})`;
  const [row] = await db.$queryRaw<{ sum: bigint }[]>`
    SELECT coalesce(sum(amount_micro_usd), 0)::bigint AS sum FROM ledger_entries l
    WHERE account_id = ${accountId} AND kind = 'charge'
      AND created_at >= ${from}::timestamptz AND created_at < ${to}::timestamptz
      AND ${isFiltered(filter) ? isOfMeant : Prisma.sql`true`}`;
  return row?.sum ?? 0n;
}
