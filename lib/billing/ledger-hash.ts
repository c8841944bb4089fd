import { createHash } from "node:crypto";

/** An entry of the ledger as its statement shows it: amounts in micro-USD, times as ISO-8601 in UTC with milliseconds. */
export type LedgerRow = {
  account_id: string;
  seq: bigint;
  kind: string;
  debit_book: string;
  credit_book: string;
  amount_micro_usd: bigint;
  held_change_micro_usd: bigint;
  balance_after_micro_usd: bigint;
  held_after_micro_usd: bigint;
  reference: string;
  hold_id: string | null;
  api_key_id: string | null;
  expires_at: string | null;
  note: string | null;
  created_at: string;
  prev_hash: string;
  hash: string;
};

/** The columns of a statement; all but the last are hashed, in this order. */
export const ledgerColumns = [
  "account_id",
  "seq",
  "kind",
  "debit_book",
  "credit_book",
  "amount_micro_usd",
  "held_change_micro_usd",
  "balance_after_micro_usd",
  "held_after_micro_usd",
  "reference",
  "hold_id",
  "api_key_id",
  "expires_at",
  "note",
  "created_at",
  "prev_hash",
  "hash",
] as const satisfies readonly (keyof LedgerRow)[];

/** The hash before the first entry of an account. */
export const firstHash = "0".repeat(64);

/**
 * The hash of an entry: sha256, in hexadecimal, over the line `faces ledger 1` and the columns but the last, each on a
 * line of its own, joined by line feeds, in UTF-8. What is empty is an empty line; no value holds a line feed.
 *
 * With a shell: `printf 'faces ledger 1\n<account_id>\n…\n<prev_hash>' | sha256sum`. The database computes the same in
 * its function `ledger_hash`.
 */
export function ledgerHash(row: LedgerRow): string {
  const lines = ledgerColumns.slice(0, -1).map((column) => String(row[column] ?? ""));
  return createHash("sha256")
    .update(["faces ledger 1", ...lines].join("\n"))
    .digest("hex");
}
