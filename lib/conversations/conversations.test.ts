import { describe, expect, test } from "vitest";
import { testDatabase, testUser } from "@/lib/db/testing";
import type { Ctx } from "@/lib/auth/context";
import { newId } from "@/lib/ids";
import { parse } from "@/lib/http/parse";
import { appendMessages } from "./append-messages";
import { createConversation } from "./create-conversation";
import { deleteConversation, deleteConversations } from "./delete-conversations";
import { exportConversation } from "./export-conversation";
import { listConversations } from "./list-conversations";
import { AppendMessagesInput, ConversationsQuery, CreateConversationInput, mostBytesOfAll } from "./schemas";
import { showConversation } from "./show-conversation";
import { updateConversation } from "./update-conversation";

const { db } = await testDatabase();

async function someone(): Promise<Ctx> {
  const ctx = await testUser(db);
  const { accountId } = ctx.actor;
  for (const username of ["alice", "bob"]) {
    await db.face.create({ data: { id: newId("face"), accountId, username, name: username.toUpperCase() } });
  }
  return ctx;
}

const create = (ctx: Ctx, input: object) => createConversation(ctx, parse(CreateConversationInput, input));
const append = (ctx: Ctx, id: string, input: object) => appendMessages(ctx, id, parse(AppendMessagesInput, input));
const list = (ctx: Ctx, query: object = {}) => listConversations(ctx, parse(ConversationsQuery, query));

const question = (content: string, parent_id: string | null = null) => ({
  id: newId("message"),
  parent_id,
  role: "user",
  content,
});
const answer = (content: string, parent_id: string, more: object = {}) => ({
  ...question(content, parent_id),
  role: "assistant",
  model: "builtin",
  ...more,
});

/** A conversation of a question and its answer. */
async function exchange(ctx: Ctx, asked = "Tea or coffee?", said = "Tea.") {
  const first = question(asked);
  const second = answer(said, first.id);
  const { id } = await create(ctx, { face: "alice", messages: [first, second] });
  return { id, first, second };
}

describe("a conversation", () => {
  test("is titled by its first question until its owner names it, and keeps its place then", async () => {
    const ctx = await someone();
    const { id } = await create(ctx, { face: "alice" });
    await append(ctx, id, { messages: [question(`What  do\nyou ${"really ".repeat(20)}like?`)] });
    const long = await showConversation(ctx, id);
    expect(long.title).toMatch(/^What do you really .*really…$/);
    expect([...long.title].length).toBeLessThanOrEqual(81);
    const named = await updateConversation(ctx, id, { title: "On liking" });
    expect(named).toMatchObject({ title: "On liking", is_named: true, updated_at: long.updated_at });
    await append(ctx, id, { messages: [question("Another?")] });
    expect((await showConversation(ctx, id)).title).toBe("On liking");
  });

  test("sent twice is there once; an answer under way is written over, and one that is done is not", async () => {
    const ctx = await someone();
    const id = newId("conversation");
    const first = question("Tea?");
    const second = answer("Te", first.id, { status: "stopped" });
    for (let time = 0; time < 2; time += 1) await create(ctx, { id, face: "alice", messages: [first] });
    for (const [content, status] of [
      ["Te", "stopped"],
      ["Tea, yes.", "done"],
      ["Te", "stopped"],
    ]) {
      await append(ctx, id, { messages: [first, { ...second, content, status }] });
    }
    await append(ctx, id, { messages: [{ ...first, content: "Changed?" }] });
    const { messages, message_count } = await showConversation(ctx, id);
    expect(messages.map(({ content, status }) => [content, status])).toEqual([
      ["Tea?", "done"],
      ["Tea, yes.", "done"],
    ]);
    expect(message_count).toBe(2);
  });

  test("keeps every branch, and shows the one that was chosen or written last", async () => {
    const ctx = await someone();
    const { id, first, second } = await exchange(ctx);
    const other = answer("Coffee.", first.id);
    expect((await append(ctx, id, { messages: [other] })).leaf_id).toBe(other.id);
    expect((await updateConversation(ctx, id, { leaf_id: second.id })).leaf_id).toBe(second.id);
    expect((await append(ctx, id, { messages: [question("Why?", other.id)], leaf_id: second.id })).leaf_id).toBe(
      second.id,
    );
    expect((await showConversation(ctx, id)).messages).toHaveLength(4);
  });

  test("takes no message without its parent, of the same role, of another conversation, or too long", async () => {
    const ctx = await someone();
    const [one, two] = [await exchange(ctx), await exchange(ctx)];
    const refuse = (messages: object[]) =>
      expect(append(ctx, one.id, { messages }).catch((error: Error) => Promise.reject(error))).rejects;
    await refuse([question("?", newId("message"))]).toThrow("is not in this conversation");
    await refuse([question("?", two.second.id)]).toThrow("is not in this conversation");
    await refuse([question("?", one.first.id)]).toThrow("same role");
    await refuse([{ ...answer("!", one.first.id), parent_id: null }]).toThrow("answers nothing");
    await refuse([{ ...question("?"), id: two.first.id }]).toThrow("is taken");
    expect(() => append(ctx, one.id, { messages: [question("a".repeat(400_001))] })).toThrow(
      "at most 400,000 characters",
    );
    await expect(updateConversation(ctx, one.id, { leaf_id: two.first.id })).rejects.toThrow(
      "no message of this conversation",
    );
  });

  test("sent several times at once is there once", async () => {
    const ctx = await someone();
    const input = { id: newId("conversation"), face: "alice", messages: [question("Tea?")] };
    const made = await Promise.all(Array.from({ length: 6 }, () => create(ctx, input)));
    expect(made.map(({ id, message_count: count }) => [id, count])).toEqual(made.map(() => [input.id, 1]));
  });

  test("is not begun by messages that cannot be kept", async () => {
    const ctx = await someone();
    const lost = answer("Tea.", newId("message"));
    await expect(create(ctx, { face: "alice", messages: [lost] })).rejects.toMatchObject({ code: "invalid_input" });
    expect((await list(ctx)).items).toEqual([]);
  });

  test("holds so much text in all, however few its messages are", async () => {
    const ctx = await someone();
    const { id, first, second } = await exchange(ctx);
    // as if it had grown to just below what it may hold
    await db.$executeRaw`UPDATE conversation_messages SET content = repeat('x', ${mostBytesOfAll - 10}::int) WHERE id = ${second.id}`;
    await db.$executeRaw`UPDATE conversation_messages SET content = '' WHERE id = ${first.id}`;
    await append(ctx, id, { messages: [question("é".repeat(5), second.id)] });
    await expect(append(ctx, id, { messages: [question("!", second.id)] })).rejects.toMatchObject({
      code: "plan_limit",
    });
  });

  test("holds what a model may say and PostgreSQL may not", async () => {
    const ctx = await someone();
    const { id, first } = await exchange(ctx);
    await append(ctx, id, { messages: [answer("a\0b\ud800", first.id)] });
    expect((await showConversation(ctx, id)).messages.at(-1)?.content).toBe("a\uFFFDb\uFFFD");
  });

  test("tells what an answer cost by its trace, and takes no words that a deleted text left", async () => {
    const ctx = await someone();
    const { id, first } = await exchange(ctx);
    const trace = { accountId: ctx.actor.accountId, model: "m", tokens: {}, costMicroUsd: 2_500n, timings: {} };
    const [priced, removed] = [newId("trace"), newId("trace")];
    await db.trace.create({ data: { ...trace, id: priced, items: [] } });
    await db.trace.create({ data: { ...trace, id: removed, items: [{ is_removed: true }] } });
    const { messages } = await append(ctx, id, {
      messages: [answer("Ours.", first.id, { trace_id: priced }), answer("Secret.", first.id, { trace_id: removed })],
    });
    expect(messages.map(({ content, status, cost_usd }) => [content, status, cost_usd])).toEqual([
      ["Ours.", "done", 0.0025],
      ["", "removed", null],
    ]);
  });

  test("of somebody else answers like a missing one", async () => {
    const [ctx, other] = [await someone(), await someone()];
    const { id } = await exchange(other);
    for (const which of [id, newId("conversation")]) {
      const missing = "The conversation was not found.";
      await expect(showConversation(ctx, which)).rejects.toThrow(missing);
      await expect(updateConversation(ctx, which, { title: "Mine" })).rejects.toThrow(missing);
      await expect(append(ctx, which, { messages: [question("Mine?")] })).rejects.toThrow(missing);
      await expect(exportConversation(ctx, which, "json")).rejects.toThrow(missing);
      await expect(deleteConversation(ctx, which)).rejects.toThrow(missing);
    }
    await expect(create(ctx, { id, face: "alice" })).rejects.toThrow("is taken");
    expect((await list(ctx)).items).toEqual([]);
    expect((await showConversation(other, id)).messages).toHaveLength(2);
  });

  test("with another face is hidden from a key that is limited to one", async () => {
    const ctx = await someone();
    const { id } = await exchange(ctx);
    const credential = { kind: "key", keyId: "key_x", allowedFaces: ["bob"], allowedModels: [] } as const;
    const limited = {
      ...ctx,
      actor: { ...ctx.actor, credential: { ...credential, allowedFaces: ["bob"], allowedModels: [] } },
    };
    await expect(showConversation(limited, id)).rejects.toThrow("was not found");
    expect((await list(limited)).items).toEqual([]);
    expect(await deleteConversations(limited, {})).toMatchObject({ conversations: 0 });
  });
});

describe("the list", () => {
  test("has the one spoken in last first, page after page, and of one face alone", async () => {
    const ctx = await someone();
    const ids: string[] = [];
    for (const face of ["alice", "bob", "alice"]) ids.push((await create(ctx, { face })).id);
    const [a = "", b = "", c = ""] = ids;
    await append(ctx, a, { messages: [question("Last?")] });
    const first = await list(ctx, { limit: "2" });
    expect(first.items.map(({ id }) => id)).toEqual([a, c]);
    const second = await list(ctx, { limit: "2", cursor: first.nextCursor });
    expect([second.items.map(({ id }) => id), second.nextCursor]).toEqual([[b], null]);
    expect((await list(ctx, { face: "bob" })).items.map(({ id }) => id)).toEqual([b]);
    await expect(list(ctx, { face: "nobody" })).rejects.toThrow("The face was not found.");
  });

  test("is searched by the words of titles and messages, whatever their case, taken as they are", async () => {
    const ctx = await someone();
    const tea = await exchange(
      ctx,
      "Tea?",
      `${"Well. ".repeat(30)}Assam at 100% strength, mostly.${" Yes.".repeat(30)}`,
    );
    await exchange(ctx, "Bread?", "Rye.");
    await exchange(await someone(), "Assam?", "Theirs.");
    const [found] = (await list(ctx, { q: "assam" })).items;
    expect(found).toMatchObject({
      id: tea.id,
      snippet: expect.stringMatching(/^….*Assam at 100% strength.*…$/) as string,
    });
    expect((await list(ctx, { q: "100%" })).items).toHaveLength(1);
    expect((await list(ctx, { q: "1_0" })).items).toHaveLength(0);
    expect((await list(ctx, { q: "BREAD" })).items).toMatchObject([{ title: "Bread?" }]);
  });
});

test("deleted conversations are gone, one or all with a face, also a second time", async () => {
  const ctx = await someone();
  const { id } = await exchange(ctx);
  expect(await deleteConversation(ctx, id)).toEqual({ id, deleted: true });
  await expect(deleteConversation(ctx, id)).rejects.toThrow("was not found");
  await exchange(ctx);
  await create(ctx, { face: "bob" });
  expect(await deleteConversations(ctx, { face: "bob" })).toMatchObject({ conversations: 1 });
  expect(await deleteConversations(ctx, {})).toMatchObject({ conversations: 1 });
  expect(await deleteConversations(ctx, {})).toMatchObject({ conversations: 0 });
  expect(await db.conversationMessage.count({ where: { conversationId: id } })).toBe(0);
});

test("an export is all branches as JSON, or the shown one as Markdown", async () => {
  const ctx = await someone();
  const { id, first, second } = await exchange(ctx, "Tea or Käse?");
  await append(ctx, id, { messages: [answer("Coffee.", first.id, { model: "gpt-4o-mini", status: "stopped" })] });
  const json = await exportConversation(ctx, id, "json");
  expect(json.fileName).toBe("tea-or-kase.json");
  expect(JSON.parse(json.body)).toMatchObject({ format: "faces.conversation.1", messages: [{}, {}, {}] });
  const markdown = await exportConversation(ctx, id, "markdown");
  expect(markdown.body).toContain("## You\n\nTea or Käse?\n\n## ALICE (gpt-4o-mini, stopped)\n\nCoffee.");
  expect(markdown.body).not.toContain(second.content);
});
