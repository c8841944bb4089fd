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

async function addConversation(accountId: string): Promise<string> {
  const [id, faceId] = [newId("conversation"), newId("face")];
  await db.face.create({ data: { id: faceId, accountId, username: "alice" } });
  await db.conversation.create({ data: { id, accountId, faceId, title: "Tea" } });
  return id;
}

type Said = { parentId?: string; traceId?: string; content: string; role?: string };

async function say(conversationId: string, { role = "assistant", ...said }: Said): Promise<string> {
  const id = newId("message");
  await db.conversationMessage.create({ data: { id, conversationId, role, ...said } });
  return id;
}

const saidIn = async (conversationId: string) =>
  Object.fromEntries(
    (await db.conversationMessage.findMany({ where: { conversationId } })).map((row) => [
      row.id,
      row.content || row.status,
    ]),
  );

async function runRedaction(accountId: string, documentIds: string[]): Promise<void> {
  const payload = { accountId, documentIds, isSecondLook: true };
  const { id } = await transaction(db, (tx) => redactTraces.enqueue(tx, payload));
  const worker = await startWorker({ url, db, jobs: [redactTraces] });
  await expect
    .poll(() => db.job.findUnique({ where: { id } }), { timeout: 20_000 })
    .toMatchObject({ status: "succeeded" });
  await worker.stop();
}

test("answers of conversations that were given from a deleted text lose their words, and those that go on from them", async () => {
  const [{ accountId }, other] = [(await testUser(db)).actor, (await testUser(db)).actor.accountId];
  const [mine, theirs] = [await addConversation(accountId), await addConversation(other)];
  const [gone, kept] = [
    await addTrace(accountId, [item("doc_x", "secret")]),
    await addTrace(accountId, [item("doc_y", "tea")]),
  ];
  const before = await say(mine, { role: "user", content: "Tea?" });
  const good = await say(mine, { parentId: before, traceId: kept, content: "Tea." });
  const question = await say(mine, { parentId: good, role: "user", content: "And?" });
  const bad = await say(mine, { parentId: question, traceId: gone, content: "A secret." });
  const next = await say(mine, { parentId: bad, role: "user", content: "More?" });
  const follows = await say(mine, { parentId: next, traceId: kept, content: "The secret again." });
  const branch = await say(mine, { parentId: question, traceId: kept, content: "Bread." });
  const foreign = await say(theirs, { traceId: gone, content: "Theirs." });

  await runRedaction(accountId, ["doc_x"]);

  expect(await saidIn(mine)).toEqual({
    [before]: "Tea?",
    [good]: "Tea.",
    [question]: "And?",
    [bad]: "removed",
    [next]: "More?",
    [follows]: "removed",
    [branch]: "Bread.",
  });
  expect(await saidIn(theirs)).toEqual({ [foreign]: "Theirs." });
});

test("an answer whose trace was swept still loses its words, and keeps its price", async () => {
  const { accountId } = (await testUser(db)).actor;
  const conversation = await addConversation(accountId);
  const old = new Date(Date.now() - 40 * 24 * 60 * 60 * 1000);
  const traceId = await addTrace(accountId, [item("doc_old", "secret"), item("doc_old", "tea")], old);
  await db.trace.update({ where: { id: traceId }, data: { costMicroUsd: 1_234n } });
  const id = await say(conversation, { traceId, content: "A secret." });

  await sweepTraces(db, new Date());
  const swept = await db.conversationMessage.findUniqueOrThrow({ where: { id } });
  expect(swept).toMatchObject({ content: "A secret.", costMicroUsd: 1_234n, documentIds: ["doc_old"] });

  await runRedaction(accountId, ["doc_old"]);
  expect(await saidIn(conversation)).toEqual({ [id]: "removed" });
});
