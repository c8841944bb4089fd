import type { DbOrTransaction } from "@/lib/db/client";
import type { LedgerRow } from "./ledger-hash";

/** From which number on, and from when to when (the end excluded). */
export type LedgerRange = { after?: bigint; from?: Date | undefined; to?: Date | undefined };

const rowsAtOnce = 1_000;

/** Entries of an account in their order, as a statement shows them. */
export function readLedger(
  db: DbOrTransaction,
  accountId: string,
  { after = 0n, from, to }: LedgerRange,
  limit: number,
): Promise<LedgerRow[]> {
  return db.$queryRaw<LedgerRow[]>`
    SELECT account_id, seq, kind, debit_book, credit_book, amount_micro_usd, held_change_micro_usd,
      balance_after_micro_usd, held_after_micro_usd, reference, hold_id, api_key_id, ledger_time(expires_at) AS expires_at,
      note, ledger_time(created_at) AS created_at, prev_hash, hash
    FROM ledger_entries
    WHERE account_id = ${accountId} AND seq > ${after}::bigint
      AND (${from ?? null}::timestamptz IS NULL OR created_at >= ${from ?? null}::timestamptz)
      AND (${to ?? null}::timestamptz IS NULL OR created_at < ${to ?? null}::timestamptz)
    ORDER BY seq LIMIT ${limit}`;
}

/** All of them, a thousand at a time. */
export async function* allEntries(
  db: DbOrTransaction,
  accountId: string,
  range: LedgerRange = {},
): AsyncGenerator<LedgerRow[]> {
  let { after = 0n } = range;
  for (;;) {
    const rows = await readLedger(db, accountId, { ...range, after }, rowsAtOnce);
    const last = rows.at(-1);
    if (last !== undefined) yield rows;
    if (last === undefined || rows.length < rowsAtOnce) return;
    after = last.seq;
  }
}
