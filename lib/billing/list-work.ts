import type { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import { Prisma } from "@/lib/db/generated/client";
import { cursorOf, Page, PageQuery } from "@/lib/http/page";
import { usdFromMicroUsd } from "./money";
import { SpanQuery, WorkFilter, type WorkKind, type WorkView } from "./schemas";
import { readSpan } from "./usage-report-span";
import { isMeant } from "./work-filter";

/** `GET /v1/billing/usage/records`. */
export const WorkQuery = WorkFilter.extend({
  ...SpanQuery.shape,
  limit: PageQuery.shape.limit,
  cursor: cursorOf("usage"),
});
export type WorkQuery = z.infer<typeof WorkQuery>;

type Row = {
  id: string;
  created_at: Date;
  kind: WorkKind;
  model: string;
  face_id: string | null;
  face: string | null;
  api_key_id: string | null;
  api_key: string | null;
  input_tokens: number;
  output_tokens: number;
  quota_tokens: number;
  is_returned: boolean;
  cost: bigint;
};

/**
 * The metered work of a span, newest first: the rows that a usage report adds up.
 *
 * @throws {InvalidInputError} a span that is none, or longer than a year
 */
export async function listWork({ actor, db }: Ctx, query: WorkQuery): Promise<Page<WorkView>> {
  const { accountId } = actor;
  const { limit, cursor } = query;
  const { from, to } = await readSpan(db, accountId, query);
  const isAfterCursor =
    cursor === undefined
      ? Prisma.sql`true`
      : Prisma.sql`(u.created_at, u.id) < (SELECT c.created_at, c.id FROM usage_records c
          WHERE c.id = ${cursor} AND c.account_id = ${accountId})`;
  const rows = await db.$queryRaw<Row[]>`
    SELECT u.id, u.created_at, u.kind, u.model, u.face_id, f.username AS face, u.api_key_id, k.name AS api_key,
      u.input_tokens, u.output_tokens, u.quota_tokens, u.released_at IS NOT NULL AS is_returned,
      u.cost_micro_usd AS cost
    FROM usage_records u
    LEFT JOIN faces f ON f.id = u.face_id AND (f.account_id = u.account_id OR f.account_id IS NULL)
    LEFT JOIN api_keys k ON k.id = u.api_key_id AND k.account_id = u.account_id
    WHERE u.account_id = ${accountId} AND u.kind IN ('chat', 'proxy', 'compile', 'transcription', 'portrait')
      AND u.created_at >= ${from}::timestamptz AND u.created_at < ${to}::timestamptz
      AND ${isMeant(query)} AND ${isAfterCursor}
    ORDER BY u.created_at DESC, u.id DESC LIMIT ${limit + 1}`;
  return Page.of(rows, limit, ({ cost, created_at, ...row }) => ({
    ...row,
    created_at: created_at.toISOString(),
    cost_usd: usdFromMicroUsd(cost),
  }));
}
