import { Readable } from "node:stream";
import type { Ctx } from "@/lib/auth/context";
import { listWallets } from "@/lib/auth/list-wallets";
import { Prisma } from "@/lib/db/generated/client";
import type { Db } from "@/lib/db/client";
import { publicUrl } from "@/lib/env";
import { ForbiddenError } from "@/lib/errors";
import { limitedFaces } from "@/lib/faces/require-face";
import { log } from "@/lib/log";
import { faceEntries } from "./export-face";
import { beginExport, type ExportLease } from "./export-lease";
import { inBatches, json, jsonArray, type TableRows, tableRows, textPieces } from "./export-parts";
import { portraitEntries } from "./export-portraits";
import { exportReadme } from "./export-readme";
import { zip, type ZipEntry } from "./zip";

/** Tables that have their rows' owner in a column, by the name of their file. */
const tables: ({ name: string } & Omit<TableRows, "owner">)[] = [
  { name: "sessions", table: "sessions" },
  { name: "api_keys", table: "api_keys", hidden: ["hash", "previous_hash"] },
  { name: "usage", table: "usage_records", atOnce: 2_000 },
  // its entries have numbers instead of ids
  { name: "ledger", table: "ledger_entries", order: "seq", atOnce: 2_000 },
  { name: "notices", table: "notices" },
  // what was said to a model, with what it knew: up to some megabytes each
  { name: "traces", table: "traces", atOnce: 50 },
  { name: "responses", table: "stored_responses", atOnce: 5 },
  { name: "conversations", table: "conversations" },
  { name: "embeds", table: "embeds" },
  { name: "callback_deliveries", table: "callback_deliveries" },
];

/**
 * Everything that is the caller's, as a zip that is written while it is read: whatever its size, little of it is in
 * memory at a time. What changes meanwhile is in it as it was when its turn came.
 *
 * @throws {ForbiddenError} an API key that is limited to some faces
 * @throws {AppError} `rate_limited` another export of the account is being sent
 */
export async function exportAccount(ctx: Ctx): Promise<{ stream: Readable; fileName: string }> {
  if (limitedFaces(ctx) !== null) throw new ForbiddenError("This API key may not see all of the account.");
  const lease = await beginExport(ctx.db, ctx.actor.accountId);
  const exportedAt = new Date();
  // somebody may be gone before the first piece was asked for
  ctx.signal.addEventListener("abort", () => void lease.end(), { once: true });
  const stream = Readable.from(sent(ctx, lease, exportedAt), { objectMode: false });
  return { stream, fileName: `faces-export-${exportedAt.toISOString().slice(0, 10)}.zip` };
}

async function* sent(ctx: Ctx, lease: ExportLease, exportedAt: Date): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of zip(entries(ctx, exportedAt))) {
      ctx.signal.throwIfAborted();
      yield piece;
      await lease.renew();
    }
  } catch (error) {
    const isGone = ctx.signal.aborted || (error instanceof Error && error.name === "AbortError");
    if (!isGone) log.error("an export broke off", { requestId: ctx.requestId, error });
    throw error;
  } finally {
    await lease.end();
  }
}

async function* entries(ctx: Ctx, exportedAt: Date): AsyncGenerator<ZipEntry> {
  const { db, signal } = ctx;
  const { accountId } = ctx.actor;
  const readme = exportReadme({ host: publicUrl().host, exportedAt });
  yield { name: "README.txt", content: textPieces(readme) };
  yield { name: "account.json", content: json(await accountRow(db, accountId)) };
  yield { name: "wallets.json", content: json(await listWallets(ctx)) };
  for (const { name, ...rows } of tables) {
    const owner = Prisma.sql`account_id = ${accountId}`;
    yield { name: `${name}.json`, content: jsonArray(tableRows(db, { ...rows, owner })) };
  }
  const owner = Prisma.sql`conversation_id IN (SELECT id FROM conversations WHERE account_id = ${accountId})`;
  const messages = tableRows(db, { table: "conversation_messages", owner, atOnce: 50 });
  yield { name: "messages.json", content: jsonArray(messages) };
  const faces = inBatches((after, take) =>
    db.face.findMany({ where: { accountId, id: { gt: after } }, orderBy: { id: "asc" }, take }),
  );
  for await (const face of faces) yield* faceEntries(db, face, signal);
  yield* portraitEntries(db, { accountId, signal });
}

async function accountRow(db: Db, accountId: string): Promise<unknown> {
  const [account] = await db.$queryRaw<{ row: unknown }[]>`
    SELECT to_jsonb(a) - 'password_hash' AS row FROM accounts a WHERE id = ${accountId}`;
  return account?.row;
}
