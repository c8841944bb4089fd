import { Prisma } from "@/lib/db/generated/client";
import type { Db } from "@/lib/db/client";

/** Which rows of which table. */
export type TableRows = {
  table: string;
  owner: Prisma.Sql;
  /** the column that tells rows of one owner apart */
  order?: "id" | "seq";
  hidden?: string[];
  atOnce?: number;
};

const rowsAtOnce = 200;
const pieceBytes = 64 * 1024;

/**
 * All rows of a query in the order of their ids, some at a time.
 *
 * @param read the rows behind an id; "" is before all
 * @param atOnce fewer where a row may be large
 */
export async function* inBatches<Row extends { id: string }>(
  read: (after: string, limit: number) => Promise<Row[]>,
  atOnce = rowsAtOnce,
): AsyncGenerator<Row> {
  for (let after = ""; ;) {
    const rows = await read(after, atOnce);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < atOnce) return;
    after = last.id;
  }
}

/**
 * The rows of a table as they are stored, their columns as JSON, written by PostgreSQL: no number loses a digit.
 *
 * @param rows.table and `hidden` are written here, never by a caller of the API
 * @param rows.hidden columns that are left out
 */
export async function* tableRows(
  db: Db,
  { table, owner, order = "id", hidden = [], atOnce = rowsAtOnce }: TableRows,
): AsyncGenerator<string> {
  const rows = inBatches<{ id: string; row: string }>(
    (after, limit) => db.$queryRaw`
      SELECT t.${Prisma.raw(order)}::text AS id, (to_jsonb(t) - ${hidden}::text[])::text AS row FROM (
        SELECT * FROM ${Prisma.raw(table)} WHERE ${owner} AND ${behind(order, after)}
        ORDER BY ${Prisma.raw(order)} LIMIT ${limit}) t`,
    atOnce,
  );
  for await (const { row } of rows) yield row;
}

function behind(order: "id" | "seq", after: string): Prisma.Sql {
  return order === "id" ? Prisma.sql`id > ${after}` : Prisma.sql`seq > ${BigInt(after || 0)}`;
}

/**
 * A JSON array, a row a line.
 *
 * @param rows JSON already
 */
export async function* jsonArray(rows: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let lead = "[\n";
  let waiting = "";
  for await (const row of rows) {
    waiting += lead + row;
    lead = ",\n";
    if (waiting.length < pieceBytes) continue;
    yield* textPieces(waiting);
    waiting = "";
  }
  yield* textPieces(lead === "[\n" ? "[]\n" : `${waiting}\n]\n`);
}

export function json(value: unknown): AsyncGenerator<Uint8Array> {
  return textPieces(`${JSON.stringify(value, null, 2)}\n`);
}

/** A text in pieces that are quickly packed, one after the other. */
export async function* textPieces(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

/** A name that every system takes for a file: nothing in it leaves its folder. */
export function fileName(label: string): string {
  const plain = label
    .toWellFormed()
    .replace(/[\u0000-\u001f\u007f/\\:*?"<>|]+/g, "_")
    .replace(/^[. ]+|[. ]+$/g, "");
  return [...plain].slice(0, 120).join("") || "file";
}
