import type { Ctx } from "@/lib/auth/context";
import { type Db } from "@/lib/db/client";
import { newId } from "@/lib/ids";
import { settleAnswer } from "./settle-answers";

export type TestAnswer = {
  kind?: "chat" | "proxy";
  face?: string | null;
  key?: string | null;
  model?: string;
  cost?: bigint;
};

/** Settles an answer of 30 tokens in, 25 of them persona, and 20 out. @returns its trace, the reference of its usage */
export async function testAnswer({ actor, db }: Ctx, options: TestAnswer): Promise<string> {
  const { kind = "chat", face = null, key = null, model = "m", cost = 0n } = options;
  const traceId = newId("trace");
  await settleAnswer(db, {
    ...{ traceId, kind, accountId: actor.accountId, apiKeyId: key, reservationId: null, model },
    ...{ face: face === null ? null : { id: face, version: 1 }, inputTokens: 30, outputTokens: 20 },
    ...{ personaTokens: 25, costMicroUsd: cost, items: [], timings: {} },
  });
  return traceId;
}

/** A face that a sync may charge to credit for. */
export async function testFace({ actor, db }: Ctx): Promise<string> {
  const id = newId("face");
  await db.face.create({
    data: { id, accountId: actor.accountId, username: id.slice(-20), syncCreditMicroUsd: 1_000_000_000n },
  });
  return id;
}

/** As if a charge had been made at another time: past whatever keeps the ledger from being changed. */
export function moveCharge(db: Db, accountId: string, reference: string, createdAt: Date): Promise<unknown> {
  return db.$transaction([
    db.$executeRaw`SET LOCAL session_replication_role = replica`,
    db.$executeRaw`
      UPDATE ledger_entries SET created_at = ${createdAt}::timestamptz
      WHERE account_id = ${accountId} AND kind = 'charge' AND reference = ${reference}`,
  ]);
}

/** What the ledger charged between two times, read entry by entry, in micro-USD. */
export async function chargesBetween({ actor, db }: Ctx, from: Date, to: Date): Promise<bigint> {
  const entries = await db.ledgerEntry.findMany({
    where: { accountId: actor.accountId, kind: "charge", createdAt: { gte: from, lt: to } },
  });
  return entries.reduce((sum, { amountMicroUsd }) => sum + amountMicroUsd, 0n);
}
