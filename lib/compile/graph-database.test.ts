import fc from "fast-check";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { closePool } from "@/lib/compute/pool";
import { testDatabase, testUser } from "@/lib/db/testing";
import { addTextDocument } from "@/lib/documents/add-document";
import { updateDocument } from "@/lib/documents/update-document";
import { createFace } from "@/lib/faces/create-face";
import { CreateFaceInput } from "@/lib/faces/schemas";
import { JobNotifications } from "@/lib/jobs/job-notifications";
import { findActiveJob } from "@/lib/jobs/queue";
import { startWorker } from "@/lib/jobs/worker";
import { deleteDocument } from "./delete-document";
import { measureFace } from "./fidelity.job";
import { listVersions } from "./list-versions";
import { restoreVersion } from "./restore-version";
import { startSync } from "./start-sync";
import { syncFace } from "./sync-face.job";

vi.mock("./choose-engine", async () => {
  const { sentenceEngine } = await import("./graph-testing");
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
let serial = 0;
beforeEach(async () => {
  ctx = await testUser(db);
});

async function newFace(): Promise<string> {
  serial += 1;
  return (await createFace(ctx, CreateFaceInput.parse({ username: `face-${serial}` }))).id;
}

async function settled(face: string): Promise<void> {
  for (const name of ["compile.sync", "compile.measure"]) {
    for (let job = await findActiveJob(db, name, face); job !== null; job = await findActiveJob(db, name, face)) {
      await notifications.waitForJob(job.id, { timeoutMs: 300 });
    }
  }
}

async function sync(face: string): Promise<void> {
  await startSync(ctx, face);
  await settled(face);
}

type Told = { graph_hash: string; state: string };

/** All that must be the same in two faces with the same texts in their graph, told without ids. */
async function tell(face: string): Promise<Told> {
  const row = await db.face.findUniqueOrThrow({ where: { id: face } });
  const version = await db.faceVersion.findUnique({ where: { faceId_number: { faceId: face, number: row.version } } });
  const primitives = await db.$queryRaw<unknown[]>`
    SELECT p.key, p.statement, p.confidence, p.state, p.polarity,
           (SELECT json_agg(json_build_array(s.start, s."end", s.quote) ORDER BY s.quote, s.start) FROM statements s
            WHERE s.primitive_id = p.id) AS quotes
    FROM primitives p WHERE face_id = ${face} ORDER BY p.key`;
  const edges = await db.$queryRaw`
    SELECT a.key AS "from", b.key AS "to", e.kind, e.weight FROM edges e
    JOIN primitives a ON a.id = e.from_id JOIN primitives b ON b.id = e.to_id WHERE e.face_id = ${face} ORDER BY 1, 2, 3`;
  const about = await db.$queryRaw`
    SELECT c.key AS concept, c.name, p.key FROM concepts c LEFT JOIN concept_links l ON l.concept_id = c.id
    LEFT JOIN primitives p ON p.id = l.primitive_id WHERE c.face_id = ${face} ORDER BY 1, 3`;
  const { voice, fidelity, centroids, profileTokens } = row;
  return {
    graph_hash: version?.graphHash ?? "",
    state: JSON.stringify({
      primitives,
      edges,
      about,
      voice,
      fidelity,
      // of a face that never had a statement there are none, of one that has lost all they are zeros
      centroids: primitives.length === 0 ? null : Buffer.from(centroids ?? []).toString("base64"),
      profileTokens,
    }),
  };
}

const texts = ["crowds", "old maps", "night trains", "my sister Clara", "the sea at Brighton"];
const sentence = fc
  .tuple(
    fc.constantFrom("love", "hate", "trust", "distrust", "never draw", "draw"),
    fc.constantFrom(...texts),
    fc.constantFrom("", " when tired"),
  )
  .map(([verb, thing, when]) => `I ${verb} ${thing}${when}.`);
const content = fc.uniqueArray(sentence, { minLength: 1, maxLength: 5 }).map((all) => all.join(" "));
const name = fc.constantFrom("a", "b", "c");
const operation = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("put" as const), name, content }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("sync" as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("delete" as const), name }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete during a sync" as const), name }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("restore" as const), at: fc.nat(10) }) },
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** Texts must differ, so each carries its name. */
const textOf = (of: string, said: string) => `I draw ${of}. ${said}`;

async function run(face: string, ids: Map<string, string>, step: Operation): Promise<void> {
  if (step.kind === "put") {
    const id = ids.get(step.name);
    const text = textOf(step.name, step.content);
    if (id !== undefined) await updateDocument(ctx, { face, document: id, content: text });
    else ids.set(step.name, (await addTextDocument(ctx, { face, content: text, type: "document" })).id);
  }
  if (step.kind === "sync") await sync(face);
  if (step.kind === "restore") {
    const { items } = await listVersions(ctx, { face, limit: 50 });
    const version = items[step.at % Math.max(1, items.length)];
    if (version !== undefined) await restoreVersion(ctx, { face, number: version.number });
  }
  if (step.kind === "delete" || step.kind === "delete during a sync") {
    const id = ids.get(step.name);
    if (id === undefined) return;
    if (step.kind === "delete during a sync") await startSync(ctx, face);
    await deleteDocument(ctx, { face, document: id });
    ids.delete(step.name);
  }
  await settled(face);
}

/** A face that was only ever given what is in the graph of another, in another order. */
async function freshOf(face: string): Promise<string> {
  const versions = await db.$queryRaw<{ content: string }[]>`
    SELECT v.content FROM documents d JOIN document_versions v ON v.document_id = d.id AND v.version = d.compiled_version
    WHERE d.face_id = ${face} ORDER BY v.content DESC`;
  const fresh = await newFace();
  for (const { content } of versions) await addTextDocument(ctx, { face: fresh, content, type: "document" });
  if (versions.length > 0) await sync(fresh);
  return fresh;
}

test("whatever was added, edited, synced, deleted and restored, the stored face is a fresh compile's", async () => {
  const property = fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 9 }), async (steps) => {
    const face = await newFace();
    const ids = new Map<string, string>();
    for (const step of steps) await run(face, ids, step);
    const [left, right] = [await tell(face), await tell(await freshOf(face))];
    expect(JSON.parse(left.state)).toEqual(JSON.parse(right.state));
    if (right.graph_hash !== "") expect(left.graph_hash).toBe(right.graph_hash);
  });
  await fc.assert(property, { numRuns: 25 });
}, 240_000);

test("the same text gives the same graph, twenty times of twenty", async () => {
  const hashes = new Set<string>();
  for (let round = 0; round < 20; round += 1) {
    const face = await newFace();
    const all = ["I love crowds. I distrust old maps.", "I hate crowds. I draw night trains with Clara."];
    for (const content of round % 2 === 0 ? all : all.reverse()) {
      await addTextDocument(ctx, { face, content, type: "document" });
    }
    await sync(face);
    hashes.add((await tell(face)).graph_hash);
  }
  expect([...hashes]).toHaveLength(1);
}, 120_000);
