import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import { Page } from "@/lib/http/page";
import { entryKinds } from "./ledger";
import type { LedgerRow } from "./ledger-hash";
import { usdFromMicroUsd } from "./money";
import { allEntries, type LedgerRange } from "./read-ledger";
import { readStatement, type StatementRow } from "./read-statement";
import { IsoTime, WorkFilter, WorkKind } from "./schemas";
import { csvHead, toCsv } from "./statement-csv";

const Time = IsoTime.transform((text) => new Date(text));

const Kinds = z
  .string()
  .transform((list) => list.split(","))
  .pipe(z.array(z.enum(entryKinds)).min(1));

/**
 * `GET /v1/billing/statement`. A day begins at midnight UTC; `to` is excluded. A cursor is an entry's number. A file
 * holds every entry of its days in their order, since a chain with gaps proves nothing: order, kinds and work choose
 * among the entries of JSON only.
 */
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
  order: z.enum(["asc", "desc"]).default("asc"),
  /** of entries, such as `charge,topup` */
  kinds: Kinds.optional(),
  /** charges for such work only */
  work: WorkKind.optional(),
  model: WorkFilter.shape.model,
  face_id: WorkFilter.shape.face_id,
  work_key_id: WorkFilter.shape.api_key_id,
});
export type StatementQuery = z.infer<typeof StatementQuery>;

/** An entry: its columns as they are hashed (lib/billing/ledger-hash.ts), and its amounts in USD beside them. */
export const StatementEntry = z.object({
  account_id: z.string(),
  seq: z.number().describe("Its number in the account's ledger."),
  kind: z.string(),
  debit_book: z.string(),
  credit_book: z.string(),
  amount_micro_usd: z.number(),
  held_change_micro_usd: z.number(),
  balance_after_micro_usd: z.number(),
  held_after_micro_usd: z.number(),
  reference: z.string(),
  hold_id: z.string().nullable(),
  api_key_id: z.string().nullable(),
  expires_at: z.string().nullable(),
  note: z.string().nullable(),
  created_at: z.string(),
  prev_hash: z.string(),
  hash: z.string(),
  amount_usd: z.number().describe("What it adds to the balance: below zero for what it takes."),
  balance_after_usd: z.number(),
  held_after_usd: z.number(),
  api_key: z.string().nullable().describe("The name of the key."),
  work: z
    .object({
      kind: WorkKind,
      model: z.string(),
      face_id: z.string().nullable(),
      face: z.string().nullable(),
      input_tokens: z.number(),
      output_tokens: z.number(),
    })
    .nullable()
    .describe("What a charge was for."),
});
export type StatementEntry = z.infer<typeof StatementEntry>;

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
  const filter = {
    kind: query.work,
    model: query.model,
    face_id: query.face_id,
    api_key_id: query.work_key_id,
  };
  const rows = await readStatement(db, accountId, { ...query, filter, limit: query.limit + 1 });
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return new Page(shown.map(toEntry), rows.length > shown.length && last ? String(last.seq) : null);
}

function toEntry(row: StatementRow): StatementEntry {
  const { seq, amount_micro_usd, held_change_micro_usd, balance_after_micro_usd, held_after_micro_usd, ...rest } = row;
  const { work_kind, work_model, work_face_id, work_face, work_input, work_output, ...plain } = rest;
  const sign = plain.debit_book === plain.account_id ? -1n : 1n;
  return {
    ...plain,
    // within what a number holds exactly: the table bounds them
    seq: Number(seq),
    amount_micro_usd: Number(amount_micro_usd),
    held_change_micro_usd: Number(held_change_micro_usd),
    balance_after_micro_usd: Number(balance_after_micro_usd),
    held_after_micro_usd: Number(held_after_micro_usd),
    amount_usd: amount_micro_usd === 0n ? 0 : usdFromMicroUsd(sign * amount_micro_usd),
    balance_after_usd: usdFromMicroUsd(balance_after_micro_usd),
    held_after_usd: usdFromMicroUsd(held_after_micro_usd),
    work:
      work_kind === null
        ? null
        : {
            kind: work_kind,
            model: work_model ?? "",
            face_id: work_face_id,
            face: work_face,
            input_tokens: work_input ?? 0,
            output_tokens: work_output ?? 0,
          },
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
