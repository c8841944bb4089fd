import { expect, test } from "vitest";
import { testDatabase, testUser } from "@/lib/db/testing";
import { newId } from "@/lib/ids";
import { grantCredit } from "./grant-credit";
import { readBalance } from "./ledger";
import { GrantCreditInput } from "./schemas";

const { db } = await testDatabase();

test("a grant that is tried again under its Idempotency-Key is one grant, and without a key each is its own", async () => {
  const admin = await testUser(db, { isAdmin: true });
  const input = GrantCreditInput.parse({ amount_usd: 2 });
  const again = () => ({ ...admin, requestId: newId("request") });
  for (let times = 0; times < 3; times += 1) await grantCredit(again(), input, "k".repeat(255));
  expect((await readBalance(db, admin.actor.accountId)).balanceMicroUsd).toBe(2_000_000n);
  for (let times = 0; times < 2; times += 1) await grantCredit(again(), input);
  expect((await readBalance(db, admin.actor.accountId)).balanceMicroUsd).toBe(6_000_000n);
});
