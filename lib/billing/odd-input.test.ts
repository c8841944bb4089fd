import { expect, test } from "vitest";
import { POST as grant } from "@/app/v1/admin/credits/route";
import { GET as statement } from "@/app/v1/billing/statement/route";
import { GET as usage } from "@/app/v1/billing/usage/route";
import { createAccessToken } from "@/lib/auth/access-token";
import { testDatabase, testUser } from "@/lib/db/testing";
import { testCaller } from "@/lib/http/testing";
import { newId } from "@/lib/ids";

const { db } = await testDatabase();

test("times that a calendar has and the database has not are refused, never a fault", async () => {
  const caller = await testCaller(await testUser(db), { scopes: ["billing:read"] });
  const spans = [
    { from: "0000-01-01", to: "0000-02-01", status: 422 },
    { from: "0001-01-01T00:00:00Z", to: "0001-01-02", status: 422 },
    { from: "9999-12-01", to: "9999-12-31T23:59:59.999999-23:59", status: 422 },
    { from: "1970-01-01", to: "1970-02-01", status: 200 },
    { from: "9999-12-01", to: "9999-12-31", status: 200 },
  ];
  for (const { from, to, status } of spans) {
    for (const route of [statement, usage]) {
      const answer = await caller.call(route, { query: `?from=${from}&to=${to}` });
      expect({ from, to, status: answer.status }).toEqual({ from, to, status });
    }
  }
  expect((await caller.call(usage, { query: "?to=1970-01-01" })).status).toBe(200);
});

test("credit that is less than what money is counted in is refused, never a fault", async () => {
  const { actor } = await testUser(db, { isAdmin: true });
  const session = { id: newId("session"), accountId: actor.accountId, expiresAt: new Date(Date.now() + 60_000) };
  await db.session.create({ data: session });
  const token = await createAccessToken({ accountId: actor.accountId, sessionId: session.id });
  const give = async (amount_usd: number) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify({ amount_usd }) };
    const request = new Request("http://faces.test/v1/admin/credits", init);
    return (await grant(request, { params: Promise.resolve({}) })).status;
  };
  expect([await give(1e-9), await give(1e-7), await give(-1), await give(0)]).toEqual([422, 422, 422, 422]);
  expect([await give(1e-6), await give(0.29)]).toEqual([201, 201]);
});
