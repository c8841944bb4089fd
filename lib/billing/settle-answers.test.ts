import { expect, test } from "vitest";
import type { Db } from "@/lib/db/client";
import { testDatabase, testUser } from "@/lib/db/testing";
import { newId } from "@/lib/ids";
import { createKey } from "@/lib/keys/create-key";
import { CreateKeyInput } from "@/lib/keys/schemas";
import { grant, readBalance } from "./ledger";
import { reserve } from "./reservations";
import { type SettledAnswer, settleAnswer } from "./settle-answers";

const { db } = await testDatabase();

function answerOf(accountId: string, fields: Partial<SettledAnswer> = {}): SettledAnswer {
  return {
    ...{
      traceId: newId("trace"),
      kind: "chat",
      accountId,
      apiKeyId: null,
      reservationId: null,
      model: "m",
      face: null,
    },
    ...{ inputTokens: 3, outputTokens: 2, personaTokens: 1, costMicroUsd: 7n, items: [{ id: "x" }], timings: {} },
    ...fields,
  };
}

test("answers that end at once are written together, each once, and to the last micro-dollar", async () => {
  let statements = 0;
  const counting = new Proxy(db, {
    get(target, key): unknown {
      if (key === "$executeRaw") statements += 1;
      return Reflect.get(target, key);
    },
  }) as Db;
  const ctx = await testUser(db);
  const { accountId } = ctx.actor;
  await grant(db, { accountId, amountMicroUsd: 1_000_000n, reference: "test" });
  const { id: apiKeyId } = await createKey(ctx, CreateKeyInput.parse({ name: "one" }));
  const answers = await Promise.all(
    Array.from({ length: 50 }, async (_, n) => {
      const reservationId = await reserve(db, { accountId, apiKeyId, amountMicroUsd: 9n, expiresInSeconds: 60 });
      return answerOf(accountId, { apiKeyId, reservationId, costMicroUsd: BigInt(n) });
    }),
  );
  statements = 0;
  await Promise.all([...answers, ...answers.slice(0, 10)].map((answer) => settleAnswer(counting, answer)));
  expect(statements).toBeLessThan(10);
  const sum = 1225n;
  expect(await readBalance(db, accountId)).toMatchObject({ balanceMicroUsd: 1_000_000n - sum, reservedMicroUsd: 0n });
  expect((await db.apiKey.findUniqueOrThrow({ where: { id: apiKeyId } })).spentMicroUsd).toBe(sum);
  expect(await db.usageRecord.count({ where: { accountId } })).toBe(50);
  const trace = await db.trace.findUniqueOrThrow({ where: { id: answers[7]?.traceId ?? "" } });
  expect(trace).toMatchObject({ costMicroUsd: 7n, tokens: { persona: 1, input: 3, output: 2 }, items: [{ id: "x" }] });
});

test("one that cannot be written keeps no other from it", async () => {
  const { accountId } = (await testUser(db)).actor;
  const nobodys = answerOf("acc_none");
  const written = [answerOf(accountId), answerOf(accountId)];
  const results = await Promise.allSettled(
    [written[0], nobodys, written[1]].map((one) => settleAnswer(db, one ?? nobodys)),
  );
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await db.trace.count({ where: { accountId } })).toBe(2);
  expect(await db.trace.count({ where: { id: nobodys.traceId } })).toBe(0);
});

test("one whose connection is stuck keeps no later one waiting for it", async () => {
  let calls = 0;
  const stuckOnce = new Proxy(db, {
    get(target, key): unknown {
      const value: unknown = Reflect.get(target, key);
      return key === "$executeRaw" && ++calls === 1 ? () => new Promise(() => undefined) : value;
    },
  }) as Db;
  const { accountId } = (await testUser(db)).actor;
  void settleAnswer(stuckOnce, answerOf(accountId));
  await new Promise((done) => setImmediate(() => setImmediate(done)));
  await settleAnswer(stuckOnce, answerOf(accountId));
  expect(await db.trace.count({ where: { accountId } })).toBe(1);
});
