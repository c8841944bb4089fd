import { ledgerColumns, type LedgerRow } from "./ledger-hash";

/** The first line of a statement as CSV. */
export const csvHead = `${ledgerColumns.join(",")}\r\n`;

/** Entries as lines of CSV (RFC 4180). What is empty is an empty field: no value of the ledger is an empty text. */
export function toCsv(rows: readonly LedgerRow[]): string {
  return rows.map((row) => `${ledgerColumns.map((column) => field(row[column])).join(",")}\r\n`).join("");
}

function field(value: string | bigint | null): string {
  const text = String(value ?? "");
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Reads a line of a statement. No value of the ledger holds a line break, so a line is an entry.
 *
 * @throws {Error} in words, when it is none
 */
export function fromCsvLine(line: string): LedgerRow {
  const fields = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'),
  );
  if (fields.length !== ledgerColumns.length) {
    throw new Error(`A line has ${fields.length} fields instead of ${ledgerColumns.length}: ${line.slice(0, 80)}`);
  }
  const of = (column: (typeof ledgerColumns)[number]) => fields[ledgerColumns.indexOf(column)] ?? "";
  return {
    account_id: of("account_id"),
    seq: integer(of("seq")),
    kind: of("kind"),
    debit_book: of("debit_book"),
    credit_book: of("credit_book"),
    amount_micro_usd: integer(of("amount_micro_usd")),
    held_change_micro_usd: integer(of("held_change_micro_usd")),
    balance_after_micro_usd: integer(of("balance_after_micro_usd")),
    held_after_micro_usd: integer(of("held_after_micro_usd")),
    reference: of("reference"),
    hold_id: of("hold_id") || null,
    api_key_id: of("api_key_id") || null,
    expires_at: of("expires_at") || null,
    note: of("note") || null,
    created_at: of("created_at"),
    prev_hash: of("prev_hash"),
    hash: of("hash"),
  };
}

function integer(text: string): bigint {
  if (!/^-?\d+$/.test(text)) throw new Error(`"${text}" is no whole number of micro-USD.`);
  return BigInt(text);
}
