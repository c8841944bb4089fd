import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { ListPrimitivesQuery, PrimitiveFilter } from "@/lib/compile/list-primitives";
import { components } from "@/lib/compile/grammar";
import type { PrimitiveView } from "@/lib/compile/schemas";
import { measureFace } from "@/lib/compile/fidelity.job";
import { startSync } from "@/lib/compile/start-sync";
import { syncFace } from "@/lib/compile/sync-face.job";
import { updatePrimitive } from "@/lib/compile/update-primitive";
import { updatePrimitives } from "@/lib/compile/update-primitives";
import { closePool } from "@/lib/compute/pool";
import { testDatabase, testUser } from "@/lib/db/testing";
import { addTextDocument } from "@/lib/documents/add-document";
import { createFace } from "@/lib/faces/create-face";
import { CreateFaceInput } from "@/lib/faces/schemas";
import { JobNotifications } from "@/lib/jobs/job-notifications";
import { findActiveJob } from "@/lib/jobs/queue";
import { startWorker } from "@/lib/jobs/worker";
import { countFacePrimitives } from "./count-face-primitives";
import { listFacePrimitives } from "./list-composed-primitives";
import { showFacePrimitive } from "./show-primitive";
import { showGraphMap } from "./show-graph-map";

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

async function make(username: string, content: string): Promise<void> {
  const { id } = await createFace(ctx, CreateFaceInput.parse({ username }));
  await addTextDocument(ctx, { face: username, content, type: "document" });
  await startSync(ctx, username);
  for (const name of ["compile.sync", "compile.measure"])
    for (let job = await findActiveJob(db, name, id); job !== null; job = await findActiveJob(db, name, id))
      await notifications.waitForJob(job.id, { timeoutMs: 300 });
}

beforeAll(async () => {
  ctx = await testUser(db);
  await make("ada", "I love black tea. I hate black tea. I love crowds. I trust strangers. I bake bread. I walk home.");
  await make("bob", "I love black tea. I love the sea. I paint doors.");
  await createFace(ctx, CreateFaceInput.parse({ username: "mix", formula: "ada | bob" }));
}, 60_000);

async function list(face: string, query: object = {}): Promise<PrimitiveView[]> {
  const all: PrimitiveView[] = [];
  for (let cursor: string | undefined; ;) {
    const asked = ListPrimitivesQuery.parse({ limit: 2, cursor, ...query });
    const page = await listFacePrimitives(ctx, { face, ...asked });
    all.push(...page.items);
    if (page.nextCursor === null) return all;
    cursor = page.nextCursor;
  }
}

const words = (views: PrimitiveView[]): string[] => views.map(({ statement }) => statement).sort();
const ringOf = ({ component }: PrimitiveView): number => components.indexOf(component);

describe.each(["ada", "mix"])("the statements of %s", (face) => {
  test("come ring by ring, each once, over all pages", async () => {
    const [surest, rings] = [await list(face), await list(face, { order: "ring" })];
    expect(words(rings)).toEqual(words(surest));
    expect(rings.map(ringOf)).toEqual(rings.map(ringOf).sort((a, b) => a - b));
    expect(new Set(rings.map(({ id }) => id)).size).toBe(rings.length);
  });

  test.each([
    {},
    { q: "tea" },
    { component: "beta" },
    { predicate: "likes" },
    { predicate: "likes", state: "active" },
    { min_confidence: "0.7" },
    { state: "draft" },
    { edited: "false" },
  ])("are as many as are counted for %j", async (query) => {
    const found = await list(face, query);
    const counts = await countFacePrimitives(ctx, { face, ...PrimitiveFilter.parse(query) });
    expect(counts.total).toBe(found.length);
    for (const component of components) {
      const there = await list(face, { ...query, component });
      expect(counts.components[component]).toBe(there.length);
    }
    for (const kind of counts.kinds) {
      const there = await list(face, { ...query, predicate: kind.predicate });
      expect(kind.count).toBe(there.length);
    }
  });

  test("are drawn as they are listed, and each can be shown alone", async () => {
    const map = await showGraphMap(ctx, { face });
    const listed = await list(face);
    expect([...map.ids].sort()).toEqual(listed.map(({ id }) => id).sort());
    expect(map.total).toBe(listed.length);
    for (const column of [map.statements, map.confidences, map.sector_of, map.source_of, map.x, map.y])
      expect(column).toHaveLength(listed.length);
    expect([map.components.length, map.states.length]).toEqual([listed.length, listed.length]);
    expect(map.edges.length % 4).toBe(0);
    for (const { id, statement } of listed)
      expect(await showFacePrimitive(ctx, { face, primitive: id })).toMatchObject({ id, statement });
  });
});

describe("several statements at once", () => {
  test("are pinned, switched off and accepted in one go; what is somebody else's is left out", async () => {
    const [first, second] = await list("ada", { order: "ring" });
    const foreign = (await list("bob"))[0]?.id ?? "";
    const ids = [first?.id ?? "", second?.id ?? ""];
    const saved = await updatePrimitives(ctx, { face: "ada", ids: [...ids, foreign], pinned: true });
    expect(saved.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(words(await list("ada", { pinned: "true" }))).toEqual(words(saved));
    expect((await countFacePrimitives(ctx, { face: "ada" })).pinned).toBe(2);
    expect(await list("bob", { pinned: "true" })).toEqual([]);
    await updatePrimitives(ctx, { face: "ada", ids, pinned: false, disabled: true });
    expect(words(await list("ada", { state: "disabled" }))).toEqual(words(saved));
    await updatePrimitives(ctx, { face: "ada", ids, disabled: false });
    expect(await list("ada", { state: "disabled" })).toEqual([]);
  });

  test("a tension is asked for from both its ends; pinning moves nothing in the drawing", async () => {
    expect(words(await list("ada", { tension: "true" }))).toEqual(["I hate black tea.", "I love black tea."]);
    const before = await showGraphMap(ctx, { face: "ada" });
    const last = before.ids.at(-1) ?? "";
    await updatePrimitive(ctx, { face: "ada", primitive: last, pinned: true });
    const after = await showGraphMap(ctx, { face: "ada" });
    expect(after.ids[0]).toBe(last);
    expect([after.x[0], after.y[0]]).toEqual([before.x.at(-1), before.y.at(-1)]);
    await updatePrimitive(ctx, { face: "ada", primitive: last, pinned: false });
  });

  test("somebody else's face is missing", async () => {
    const other = await testUser(db);
    for (const call of [
      () => updatePrimitives(other, { face: "ada", ids: ["prim_x"], pinned: true }),
      () => showGraphMap(other, { face: "ada" }),
      () => countFacePrimitives(other, { face: "ada" }),
    ])
      await expect(call()).rejects.toMatchObject({ code: "not_found" });
  });
});
