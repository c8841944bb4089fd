import type { DbOrTransaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { EntryKind } from "./ledger";
import type { LedgerRow } from "./ledger-hash";
import type { WorkFilter, WorkKind } from "./schemas";
import { isFiltered, isMeant } from "./work-filter";

/** An entry with the name of its key, and what it was for: empty but for charges of metered work. */
export type StatementRow = LedgerRow & {
  api_key: string | null;
  work_kind: WorkKind | null;
  work_model: string | null;
  work_face_id: string | null;
  work_face: string | null;
  work_input: number | null;
  work_output: number | null;
};

export type StatementChoice = {
  cursor?: bigint | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  order: "asc" | "desc";
  kinds?: readonly EntryKind[] | undefined;
  filter: WorkFilter;
  limit: number;
};

/** Entries of an account as its owner looks at them: some kinds, for some work, in either order. */
export function readStatement(
  db: DbOrTransaction,
  accountId: string,
  { cursor, from, to, order, kinds, filter, limit }: StatementChoice,
): Promise<StatementRow[]> {
  const isDown = order === "desc";
  const after = isDown ? Prisma.sql`l.seq < ${cursor ?? null}::bigint` : Prisma.sql`l.seq > ${cursor ?? null}::bigint`;
  const conditions = [
    Prisma.sql`l.account_id = ${accountId}`,
    ...(cursor === undefined ? [] : [after]),
    ...(from === undefined ? [] : [Prisma.sql`l.created_at >= ${from}::timestamptz`]),
    ...(to === undefined ? [] : [Prisma.sql`l.created_at < ${to}::timestamptz`]),
    ...(kinds === undefined ? [] : [Prisma.sql`l.kind = ANY(${[...kinds]})`]),
    ...(isFiltered(filter) ? [Prisma.sql`u.id IS NOT NULL AND ${isMeant(filter)}`] : []),
  ];
  return db.$queryRaw<StatementRow[]>`
    SELECT l.account_id, l.seq, l.kind, l.debit_book, l.credit_book, l.amount_micro_usd, l.held_change_micro_usd,
      l.balance_after_micro_usd, l.held_after_micro_usd, l.reference, l.hold_id, l.api_key_id,
      ledger_time(l.expires_at) AS expires_at, l.note, ledger_time(l.created_at) AS created_at, l.prev_hash, l.hash,
      k.name AS api_key, u.kind AS work_kind, u.model AS work_model, u.face_id AS work_face_id,
      f.username AS work_face, u.input_tokens AS work_input, u.output_tokens AS work_output
    FROM ledger_entries l
    LEFT JOIN usage_records u ON l.kind = 'charge' AND u.reference = l.reference AND u.account_id = l.account_id
      AND u.kind IN ('chat', 'proxy', 'compile', 'transcription', 'portrait')
    LEFT JOIN faces f ON f.id = u.face_id AND (f.account_id = l.account_id OR f.account_id IS NULL)
    LEFT JOIN api_keys k ON k.id = l.api_key_id AND k.account_id = l.account_id
    WHERE ${Prisma.join(conditions, " AND ")}
    ORDER BY l.seq ${isDown ? Prisma.sql`DESC` : Prisma.sql`ASC`} LIMIT ${limit}`;
}
