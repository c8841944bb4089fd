import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import { Page } from "@/lib/http/page";
import type { LedgerRow } from "./ledger-hash";
import { usdFromMicroUsd } from "./money";
import { allEntries, type LedgerRange, readLedger } from "./read-ledger";
import { IsoTime } from "./schemas";
import { csvHead, toCsv } from "./statement-csv";

const Time = IsoTime.transform((text) => new Date(text));

/** `GET /v1/billing/statement`. A day begins at midnight UTC; `to` is excluded. A cursor is an entry's number. */
export const StatementQuery = z.object({
  format: z.enum(["json", "csv"]).default("json"),
  from: Time.optional(),
  to: Time.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, "is none that this list has given: leave it out to start at the beginning")
    .transform(BigInt)
    .optional(),
});
export type StatementQuery = z.infer<typeof StatementQuery>;

/** An entry: its columns as they are hashed (lib/billing/ledger-hash.ts), and its amounts in USD beside them. */
export type StatementEntry = {
  [Column in keyof LedgerRow]: LedgerRow[Column] extends bigint ? number : LedgerRow[Column];
} & {
  /** what it adds to the balance: below zero for what it takes */
  amount_usd: number;
  balance_after_usd: number;
  held_after_usd: number;
};

/**
 * The account's ledger: a page as JSON, or all of it as CSV, sent as it is read. Anybody can add and hash it again:
 * `npm run verify:ledger -- file.csv`.
 */
export async function showStatement(
  { actor, db, signal }: Ctx,
  query: StatementQuery,
): Promise<Page<StatementEntry> | Response> {
  const { accountId } = actor;
  const range = { after: query.cursor ?? 0n, from: query.from, to: query.to };
  if (query.format === "csv") return csvResponse(allEntries(db, accountId, range), range, signal);
  const rows = await readLedger(db, accountId, range, query.limit + 1);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return new Page(shown.map(toEntry), rows.length > shown.length && last ? String(last.seq) : null);
}

function toEntry(row: LedgerRow): StatementEntry {
  const { seq, amount_micro_usd, held_change_micro_usd, balance_after_micro_usd, held_after_micro_usd, ...rest } = row;
  const sign = rest.debit_book === rest.account_id ? -1n : 1n;
  return {
    ...rest,
    // within what a number holds exactly: the table bounds them
    seq: Number(seq),
    amount_micro_usd: Number(amount_micro_usd),
    held_change_micro_usd: Number(held_change_micro_usd),
    balance_after_micro_usd: Number(balance_after_micro_usd),
    held_after_micro_usd: Number(held_after_micro_usd),
    amount_usd: amount_micro_usd === 0n ? 0 : usdFromMicroUsd(sign * amount_micro_usd),
    balance_after_usd: usdFromMicroUsd(balance_after_micro_usd),
    held_after_usd: usdFromMicroUsd(held_after_micro_usd),
  };
}

function csvResponse(pages: AsyncGenerator<LedgerRow[]>, { from, to }: LedgerRange, signal?: AbortSignal): Response {
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(csvHead)),
    async pull(controller) {
      const next = signal?.aborted ? { done: true as const } : await pages.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(toCsv(next.value)));
    },
    cancel: async () => void (await pages.return(undefined)),
  });
  const days = [from, to].map((time) => time?.toISOString().slice(0, 10) ?? "all").join("-to-");
  return new Response(stream, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="faces-statement-${days}.csv"`,
    },
  });
}
