import { expect, test } from "vitest";
import { POST as credits } from "@/app/v1/admin/credits/route";
import { createAccessToken } from "@/lib/auth/access-token";
import { reverse } from "@/lib/billing/ledger";
import { testDatabase, testUser } from "@/lib/db/testing";
import { transaction } from "@/lib/db/transaction";
import { newId } from "@/lib/ids";
import { freezeDebtor } from "./freeze-debtor";

const { db } = await testDatabase();
const { actor: admin } = await testUser(db, { isAdmin: true });
const sessionId = newId("session");
const expiresAt = new Date(Date.now() + 3_600_000);
await db.session.create({ data: { id: sessionId, accountId: admin.accountId, expiresAt } });
const token = await createAccessToken({ accountId: admin.accountId, sessionId });

async function give(accountId: string, usd: number) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify({ account_id: accountId, amount_usd: usd }) };
  const { status } = await credits(new Request("http://faces.test/v1/admin/credits", init), {
    params: Promise.resolve({}),
  });
  expect(status).toBe(201);
  return db.account.findUniqueOrThrow({ where: { id: accountId }, select: { isFrozen: true, frozenReason: true } });
}

async function debtor() {
  const { accountId } = (await testUser(db)).actor;
  await reverse(db, { accountId, amountMicroUsd: 3_000_000n, reference: newId("request") });
  return accountId;
}

test("an account that owes is free again when an admin's credit covers it, and is told what is missing until then", async () => {
  const id = await debtor();
  await transaction(db, (tx) => freezeDebtor(tx, id));
  const half = await give(id, 1);
  expect(half.isFrozen).toBe(true);
  expect(half.frozenReason).toContain("$2.00");
  expect(await give(id, 2)).toEqual({ isFrozen: false, frozenReason: null });
});

test("what an admin froze stays frozen, and nobody is frozen by credit", async () => {
  const id = await debtor();
  expect(await give(id, 1)).toEqual({ isFrozen: false, frozenReason: null });
  const frozen = { isFrozen: true, frozenReason: "Spam." };
  await db.account.update({ where: { id }, data: frozen });
  expect(await give(id, 10)).toEqual(frozen);
});
