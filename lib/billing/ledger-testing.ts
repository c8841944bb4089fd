import type { Ctx } from "@/lib/auth/context";
import type { Db } from "@/lib/db/client";
import { testUser } from "@/lib/db/testing";
import { newId } from "@/lib/ids";
import { grant } from "./ledger";
import type { MeteredWork } from "./usage";

/** An account with so much credit. */
export async function creditedUser(db: Db, amountMicroUsd: bigint): Promise<Ctx> {
  const ctx = await testUser(db);
  await grant(db, { accountId: ctx.actor.accountId, amountMicroUsd, reference: "test" });
  return ctx;
}

/** A key of the account with so much budget. @returns its id */
export async function keyWithBudget(db: Db, accountId: string, budgetMicroUsd: bigint | null): Promise<string> {
  const id = newId("key");
  await db.apiKey.create({ data: { id, accountId, name: "k", hash: id, prefix: "sk-faces-", budgetMicroUsd } });
  return id;
}

/** Finished work that costs so much. */
export function workOf(accountId: string, costMicroUsd: bigint, more: Partial<MeteredWork> = {}): MeteredWork {
  const defaults = { apiKeyId: null, faceId: null, reservationId: null, model: "m", inputTokens: 1, outputTokens: 1 };
  return { ...defaults, kind: "chat", reference: newId("trace"), accountId, costMicroUsd, ...more };
}
