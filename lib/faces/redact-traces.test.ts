import { expect, test } from "vitest";
import { testDatabase, testUser } from "@/lib/db/testing";
import { newId } from "@/lib/ids";
import { sweepTraces } from "@/lib/jobs/housekeeping";
import { startWorker } from "@/lib/jobs/worker";
import { transaction } from "@/lib/db/transaction";
import { redactTraces } from "./redact-traces.job";

const { db, url } = await testDatabase();

const item = (documentId: string, text: string) => ({
  kind: "span",
  id: `span_${text}`,
  text,
  score: 7,
  tokens: 3,
  part: "found",
  provenance: [{ document_id: documentId, version: 1, start: 0, end: 3, quote: text }],
});

async function addTrace(accountId: string, items: object[], createdAt = new Date()): Promise<string> {
  const id = newId("trace");
  const tokens = { persona: 1, input: 1, output: 1 };
  await db.trace.create({
    data: { id, accountId, model: "m", items, tokens, costMicroUsd: 0n, timings: {}, createdAt },
  });
  return id;
}

async function keepResponse(accountId: string, documentIds: string[]): Promise<string> {
  const id = newId("request").replace("req", "resp");
  await db.storedResponse.create({ data: { id, accountId, response: {}, documentIds, items: 1, bytes: 2 } });
  return id;
}

const itemsOf = async (id: string) => (await db.trace.findUniqueOrThrow({ where: { id } })).items;

test("what came from a deleted text leaves the traces and kept answers of its account, the rest and its order stay, also a second time", async () => {
  const [{ accountId }, other] = [(await testUser(db)).actor, (await testUser(db)).actor.accountId];
  const mixed = await addTrace(accountId, [
    item("doc_kept", "tea"),
    item("doc_gone", "secret"),
    item("doc_kept", "bread"),
  ]);
  const untouched = await addTrace(accountId, [item("doc_kept", "tea")]);
  const foreign = await addTrace(other, [item("doc_gone", "secret")]);
  const responses = [
    await keepResponse(accountId, ["doc_kept"]),
    await keepResponse(other, ["doc_gone"]),
    await keepResponse(accountId, []),
  ].sort();
  await keepResponse(accountId, ["doc_kept", "doc_gone"]);
  const payload = { accountId, documentIds: ["doc_gone", "doc_never"], isSecondLook: false };
  for (let round = 0; round < 2; round += 1) {
    const { id } = await transaction(db, (tx) => redactTraces.enqueue(tx, payload));
    const worker = await startWorker({ url, db, jobs: [redactTraces] });
    await expect
      .poll(() => db.job.findUnique({ where: { id } }), { timeout: 20_000 })
      .toMatchObject({ status: "succeeded" });
    await worker.stop();
    expect(await itemsOf(mixed)).toEqual([
      item("doc_kept", "tea"),
      {
        kind: "span",
        id: "span_secret",
        part: "found",
        score: 7,
        tokens: 3,
        text: "",
        provenance: [],
        is_removed: true,
      },
      item("doc_kept", "bread"),
    ]);
    expect(await itemsOf(untouched)).toEqual([item("doc_kept", "tea")]);
    expect(await itemsOf(foreign)).toEqual([item("doc_gone", "secret")]);
    // an answer may quote a text anywhere in it
    const kept = await db.storedResponse.findMany({ orderBy: { id: "asc" } });
    expect(kept.map(({ id }) => id)).toEqual(responses);
  }
  const later = await db.job.findMany({ where: { name: redactTraces.name, status: "queued" } });
  expect(later).toHaveLength(1);
  expect(later[0]?.runAt.getTime()).toBeGreaterThan(Date.now() + 50 * 60 * 1000);
});

test("traces go when they are older than they are kept, and no younger one", async () => {
  const { accountId } = (await testUser(db)).actor;
  const dayMs = 24 * 60 * 60 * 1000;
  const [old, young] = [
    await addTrace(accountId, [], new Date(Date.now() - 31 * dayMs)),
    await addTrace(accountId, [], new Date(Date.now() - 29 * dayMs)),
  ];
  expect(await sweepTraces(db, new Date(Date.now() - 30 * dayMs))).toBe(1);
  expect((await db.trace.findMany({ where: { id: { in: [old, young] } } })).map(({ id }) => id)).toEqual([young]);
});
