import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { startSync } from "@/lib/compile/start-sync";
import { syncFace } from "@/lib/compile/sync-face.job";
import { measureFace } from "@/lib/compile/fidelity.job";
import { updatePrimitive } from "@/lib/compile/update-primitive";
import { listPrimitives } from "@/lib/compile/list-primitives";
import { caughtUpWithChanges, rememberRows, rowCache } from "@/lib/auth/memory";
import { closePool } from "@/lib/compute/pool";
import type { Db } from "@/lib/db/client";
import { testDatabase, testUser } from "@/lib/db/testing";
import { addTextDocument } from "@/lib/documents/add-document";
import { listDocuments } from "@/lib/documents/list-documents";
import { readDocument } from "@/lib/documents/require-document";
import { createFace } from "@/lib/faces/create-face";
import { deleteFace } from "@/lib/faces/delete-face";
import { listFaces } from "@/lib/faces/list-faces";
import { requireReadableFace } from "@/lib/faces/require-face";
import { requireFaceView } from "@/lib/faces/require-face-view";
import { CreateFaceInput, UpdateFaceInput } from "@/lib/faces/schemas";
import { updateFace } from "@/lib/faces/update-face";
import { JobNotifications } from "@/lib/jobs/job-notifications";
import { findActiveJob } from "@/lib/jobs/queue";
import { startWorker } from "@/lib/jobs/worker";
import { listFacePrimitives } from "./list-composed-primitives";
import { retrieve } from "./retrieve";
import { showFaceGraph } from "./show-composed-graph";

vi.mock("@/lib/compile/choose-engine", async () => {
  const { sentenceEngine } = await import("@/lib/compile/graph-testing");
  return {
    chooseEngine: () => sentenceEngine,
    compileRate: () => ({ model: "builtin", price: { input: 0, output: 0 } }),
  };
});

const { db, url } = await testDatabase();
const notifications = new JobNotifications(url);
const worker = await startWorker({ url, db, jobs: [syncFace, measureFace] });
afterAll(() => closePool());
afterAll(() => notifications.close());
afterAll(() => worker.stop());

let ctx: Ctx;
beforeEach(async () => {
  ctx = await testUser(db);
  await person("alice", "I love crowds.\nI love black tea.\nI walk home.\nI hate the sea.");
  await person("bob", "I hate crowds.\nI love black tea.\nI bake bread.\nI love the sea.");
});

const make = (input: Record<string, unknown>) => createFace(ctx, CreateFaceInput.parse(input));
const change = (face: string, input: Record<string, unknown>) =>
  updateFace(ctx, { ...UpdateFaceInput.parse(input), face });

async function person(username: string, content: string): Promise<void> {
  await make({ username });
  await tell(username, content);
}

async function tell(face: string, content: string): Promise<void> {
  await addTextDocument(ctx, { face, content, type: "document" });
  await startSync(ctx, face);
  const { id } = await requireReadableFace(ctx, face);
  for (const name of ["compile.sync", "compile.measure"]) {
    for (let job = await findActiveJob(db, name, id); job !== null; job = await findActiveJob(db, name, id)) {
      await notifications.waitForJob(job.id, { timeoutMs: 300 });
    }
  }
}

async function found(face: string, query: string) {
  const row = await requireReadableFace(ctx, face);
  return retrieve(ctx, row, { query, k: 20 });
}

/** The same database, and how many queries went through it. */
function countQueries(of: Db): { db: Db; count: () => number } {
  let queries = 0;
  const counting = of.$extends({
    query: {
      $allOperations({ args, query }) {
        queries += 1;
        return query(args);
      },
    },
  });
  return { db: counting as unknown as Db, count: () => queries };
}

/** From now on rows are remembered, once the process hears of changes. */
async function watching(): Promise<() => Promise<void>> {
  const stop = rememberRows({ url, db });
  while (!rowCache("any", 1).isCurrent()) await new Promise((done) => setImmediate(done));
  return stop;
}

/** What of the core and of everything that is found is said by this face. */
async function says(face: string): Promise<string[]> {
  const { core } = await found(face, "");
  return core.map(({ text }) => text).sort();
}

describe("a composite face", () => {
  test.each([
    ["alice | bob", ["I bake bread.", "I hate the sea.", "I love crowds.", "I love black tea.", "I walk home."]],
    ["bob | alice", ["I bake bread.", "I hate crowds.", "I love black tea.", "I love the sea.", "I walk home."]],
    ["alice & bob", ["I love black tea."]],
    ["alice - bob", ["I hate the sea.", "I love crowds.", "I walk home."]],
    ["alice ^ bob", ["I bake bread.", "I hate the sea.", "I love crowds.", "I walk home."]],
    ["(alice | bob) - alice", ["I bake bread."]],
    ["alice - alice", []],
  ])("%s says %j", async (formula, expected) => {
    const view = await make({ username: "mix", formula });
    expect(view).toMatchObject({ formula, sync_status: "synced", version: 0 });
    expect(await says("mix")).toEqual(expected.sort());
    const { component_counts: counts } = view;
    expect(counts.alpha + counts.beta + counts.delta + counts.epsilon).toBe(expected.length);
  });

  test("rests what both say on the words of both, and finds only texts of what it keeps", async () => {
    await make({ username: "mix", formula: "alice & bob" });
    const { items } = await found("mix", "Do you love black tea, or crowds, or walking home?");
    expect(items.map(({ text }) => text)).toEqual(["I love black tea."]);
    const tea = (await found("mix", "")).core[0];
    const documents = new Set(tea?.provenance.map(({ document_id }) => document_id));
    expect(documents.size).toBe(2);
    for (const document of documents) {
      expect(await readDocument(ctx, { face: "mix", document })).toMatchObject({ id: document });
    }
  });

  test("lists and draws what its formula keeps, page by page, with the quotes of all who say it", async () => {
    await make({ username: "mix", formula: "alice | bob" });
    const all = (await listFacePrimitives(ctx, { face: "mix", limit: 50 })).items;
    expect(all.map(({ statement }) => statement).sort()).toEqual(await says("mix"));
    const alice = await requireReadableFace(ctx, "alice");
    const tea = all.find(({ statement }) => statement === "I love black tea.");
    expect(tea).toMatchObject({ face_id: alice.id, state: "active" });
    expect(tea?.provenance.map(({ quote }) => quote)).toEqual(["I love black tea.", "I love black tea."]);
    const paged: string[] = [];
    for (let cursor: string | undefined, more = true; more;) {
      const page = await listFacePrimitives(ctx, {
        face: "mix",
        limit: 2,
        ...(cursor === undefined ? {} : { cursor }),
      });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
      more = page.nextCursor !== null;
    }
    expect(paged).toEqual(all.map(({ id }) => id));
    const only = async (filter: object) =>
      (await listFacePrimitives(ctx, { face: "mix", limit: 50, ...filter })).items.map(({ statement }) => statement);
    expect(await only({ q: "bread" })).toEqual(["I bake bread."]);
    expect(await only({ component: "alpha" })).toEqual([]);
    expect(await only({ document: tea?.provenance[1]?.document_id })).toEqual(
      expect.arrayContaining(["I love black tea.", "I bake bread."]),
    );
    const { data } = await showFaceGraph(ctx, { face: "mix", limit: 50 });
    const drawn = data.nodes.filter(({ kind }) => kind === "primitive");
    expect(drawn.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(drawn.find(({ id }) => id === tea?.id)).toMatchObject({ weight: 2 });
    const ids = new Set(data.nodes.map(({ id }) => id));
    for (const { from, to } of data.edges) expect([ids.has(from), ids.has(to)]).toEqual([true, true]);
    expect(data.edges.filter(({ kind, to }) => kind === "supports" && to === tea?.id)).toHaveLength(2);
  });

  test("asked again takes no query but the one for its parts, and as many as one face at first", async () => {
    for (let each = 0; each < 10; each += 1) await person(`part-${each}`, `I paint ${"abcdefghij"[each]}doors.`);
    const view = await make({ username: "one", formula: "part-0" });
    const formula = Array.from({ length: 10 }, (_each, at) => `part-${at}`).join(" | ");
    await make({ username: "ten", formula });
    const rowOf = async (name: string) => requireReadableFace(ctx, name);
    const [one, ten] = [await rowOf(view.username), await rowOf("ten")];
    const queriesOf = async (face: typeof one) => {
      const counted = countQueries(db);
      await retrieve({ db: counted.db }, face, { query: "Do you paint?" });
      return counted.count();
    };
    const [first, many] = [await queriesOf(one), await queriesOf(ten)];
    expect(many).toBe(first);
    expect(await queriesOf(ten)).toBe(1);
  });

  test("takes no query at all where rows are remembered, and still follows its parts", async () => {
    await make({ username: "mix", formula: "alice | bob" });
    const stop = await watching();
    try {
      const mix = await requireReadableFace(ctx, "mix");
      const ask = async () => {
        const counted = countQueries(db);
        const { items } = await retrieve({ db: counted.db }, mix, { query: "Do you bake bread?" });
        return { queries: counted.count(), texts: items.map(({ text }) => text) };
      };
      await ask();
      expect(await ask()).toMatchObject({ queries: 0, texts: expect.arrayContaining(["I bake bread."]) as string[] });
      const { items } = await listPrimitives(ctx, { face: "bob", limit: 50, q: "bread" });
      await updatePrimitive(ctx, { face: "bob", primitive: items[0]?.id ?? "", disabled: true });
      await caughtUpWithChanges();
      expect((await ask()).texts).not.toContain("I bake bread.");
    } finally {
      await stop();
    }
  });

  test("finds all texts of what it takes as a whole, but what the left denies", async () => {
    await make({ username: "mix", formula: "alice | bob" });
    const about = async (query: string) => (await found("mix", query)).items.map(({ text }) => text);
    expect(await about("Do you bake bread?")).toContain("I bake bread.");
    for (const [query, said, denied] of [
      ["Do you love or hate crowds?", "I love crowds.", "I hate crowds."],
      ["Do you love or hate the sea?", "I hate the sea.", "I love the sea."],
    ] as const) {
      expect(await about(query)).toContain(said);
      expect(await about(query)).not.toContain(denied);
    }
  });

  test("follows its parts: their syncs, and their owner's word", async () => {
    await make({ username: "mix", formula: "alice | bob" });
    expect(await says("mix")).not.toContain("I paint doors.");
    await tell("bob", "I paint doors.");
    expect(await says("mix")).toContain("I paint doors.");
    const { items } = await listPrimitives(ctx, { face: "bob", limit: 50, q: "paint" });
    await updatePrimitive(ctx, { face: "bob", primitive: items[0]?.id ?? "", disabled: true });
    expect(await says("mix")).not.toContain("I paint doors.");
    expect((await found("mix", "Do you paint doors?")).items.map(({ text }) => text)).not.toContain("I paint doors.");
  });

  test("is as far as its parts are", async () => {
    await make({ username: "carl" });
    await make({ username: "mix", formula: "alice | carl" });
    expect(await requireFaceView(ctx, "mix")).toMatchObject({ sync_status: "synced", document_counts: { total: 1 } });
    await addTextDocument(ctx, { face: "carl", content: "I sing.", type: "document" });
    expect(await requireFaceView(ctx, "mix")).toMatchObject({
      sync_status: "pending",
      document_counts: { pending: 1 },
    });
    await make({ username: "nobody", formula: "carl & carl" });
    await make({ username: "dora" });
    expect(await make({ username: "void", formula: "dora" })).toMatchObject({ sync_status: "empty", synced_at: null });
  });

  test("keeps its parts when they are renamed, and shows their names of now", async () => {
    await make({ username: "mix", formula: "alice - bob" });
    await change("alice", { username: "alicia" });
    const mix = await requireFaceView(ctx, "mix");
    expect(mix).toMatchObject({ formula: "alicia - bob", parts: [{ username: "alicia" }, { username: "bob" }] });
    const listed = (await listFaces(ctx, { limit: 50 })).items.find(({ username }) => username === "mix");
    expect(listed).toEqual(mix);
  });

  test("holds its parts: they are neither deleted nor made composite before it is changed", async () => {
    await make({ username: "mix", formula: "alice | bob" });
    await expect(deleteFace(ctx, "bob")).rejects.toMatchObject({
      code: "conflict",
      message: "The face cannot be deleted: mix is made of it. Change its formula, or delete it, first.",
    });
    await make({ username: "carl" });
    await change("mix", { formula: "carl | alice" });
    await expect(change("carl", { formula: "alice" })).rejects.toMatchObject({ code: "conflict" });
    expect(await deleteFace(ctx, "bob")).toMatchObject({ deleted: true });
    expect(await deleteFace(ctx, "mix")).toMatchObject({ deleted: true });
  });

  test("takes no sources of its own, and a face with sources no formula", async () => {
    await make({ username: "mix", formula: "alice | bob" });
    const refused = {
      code: "conflict",
      message: "mix is made of other faces (alice | bob). Sources belong to alice and bob.",
    };
    await expect(addTextDocument(ctx, { face: "mix", content: "I am.", type: "document" })).rejects.toMatchObject(
      refused,
    );
    await expect(startSync(ctx, "mix")).rejects.toMatchObject(refused);
    await expect(updatePrimitive(ctx, { face: "mix", primitive: "prim_x" })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(change("alice", { formula: "bob" })).rejects.toMatchObject({ code: "conflict" });
    expect((await listDocuments(ctx, { face: "mix", limit: 10 })).items).toHaveLength(2);
    expect(await change("mix", { formula: null })).toMatchObject({ formula: null, sync_status: "empty" });
    expect(await addTextDocument(ctx, { face: "mix", content: "I am.", type: "document" })).toMatchObject({
      status: "pending",
    });
  });

  test.each([
    ["carl | alice", "invalid_input", "The formula names carl at character 1, which is no face of yours."],
    ["alice | stranger", "invalid_input", "The formula names stranger at character 9, which is no face of yours."],
    ["alice | both", "invalid_input", "The formula names both at character 9, which is made by a formula itself."],
    ["alice |", "invalid_input", "The formula cannot be read: A face is missing, at its end."],
  ])("of %s is refused", async (formula, code, message) => {
    const stranger = await testUser(db);
    await createFace(stranger, CreateFaceInput.parse({ username: "stranger" }));
    await make({ username: "both", formula: "alice | bob" });
    await expect(make({ username: "mix", formula })).rejects.toMatchObject({
      code,
      param: "formula",
      message: expect.stringContaining(message) as string,
    });
    await expect(change("both", { formula: "both | alice" })).rejects.toMatchObject({
      message: "The formula names both at character 1, which is the face itself.",
    });
  });

  test("has no versions to ask for, and is somebody else's missing face", async () => {
    await make({ username: "mix", formula: "alice | bob" });
    const mix = await requireReadableFace(ctx, "mix");
    await expect(retrieve(ctx, { ...mix, pinnedVersion: 1 }, { query: "x" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    const stranger = await testUser(db);
    await expect(requireFaceView(stranger, mix.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(updateFace(stranger, { face: mix.id, formula: "alice" })).rejects.toMatchObject({ code: "not_found" });
  });

  test("never gets sources, though one be uploaded while the face gets its formula", async () => {
    for (let round = 0; round < 6; round += 1) {
      await make({ username: `part-${round}` });
      await Promise.allSettled([
        change(`part-${round}`, { formula: "alice" }),
        addTextDocument(ctx, { face: `part-${round}`, content: "I sing.", type: "document" }),
      ]);
      const where = { accountId: ctx.actor.accountId, username: `part-${round}`, formula: { not: null } };
      expect(await db.face.count({ where: { ...where, documents: { some: {} } } })).toBe(0);
    }
  });

  test("made twice by two at once is one, and the other is told", async () => {
    const made = await Promise.allSettled([1, 2].map(() => make({ username: "mix", formula: "alice | bob" })));
    expect(made.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(made.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  });

  test("and the deletion of its part at the same time leave no formula without its faces", async () => {
    for (let round = 0; round < 5; round += 1) {
      await make({ username: `part-${round}` });
      const [made] = await Promise.allSettled([
        make({ username: `mix-${round}`, formula: `alice | part-${round}` }),
        deleteFace(ctx, `part-${round}`),
      ]);
      const part = await db.face.count({ where: { accountId: ctx.actor.accountId, username: `part-${round}` } });
      expect(part).toBe(made.status === "fulfilled" ? 1 : 0);
    }
  });
});
