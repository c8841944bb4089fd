import { runTask } from "@/lib/compute/pool";
import type { Db, DbOrTransaction, Transaction } from "@/lib/db/client";
import { toJson } from "@/lib/db/json";
import { AppError } from "@/lib/errors";
import { type FaceRow, lockFace } from "@/lib/faces/require-face";
import type { LinkedGraph } from "./graph.task";
import { writeGraph } from "./link-graph-rows";
import { type Overrides, readOverrides } from "./primitive-overrides";
import { buffersOf, readCompiledSources, readStatementPages, type Source } from "./read-statements";

/** A change of what is in a face's graph. */
export type GraphChange = {
  reason: "sync" | "delete" | "restore";
  /** The texts that shall be in the graph; null when there is nothing to change after all. */
  sources(db: Db, current: Source[]): Promise<Source[] | null>;
  /** The owner's word that shall hold, where it is not the present one. */
  overrides?: Overrides;
  /** Marks the texts as compiled or takes them away. @returns false when they are not as they were by now */
  apply(tx: Transaction, sources: Source[]): Promise<boolean>;
  /** Writes the owner's word, where it is not the present one: behind the new graph, before its version. */
  beforeVersion?(tx: Transaction): Promise<void>;
  /** What else belongs into the same transaction, behind the new version. */
  after?(tx: Transaction, version: number): Promise<void>;
};

type Options = {
  /** in which the change is written */
  transaction: (work: (tx: Transaction) => Promise<Ending>) => Promise<Ending>;
  signal?: AbortSignal;
};

export type Ending = { kind: "done"; version: number } | { kind: "stale" } | { kind: "nothing" };

const linkTimeoutMs = 120_000;
const maxAttempts = 12;

/**
 * Changes which texts are in a face's graph, and with them the graph, which is a function of their stored statements:
 * readers see the state before or the state after. Makes a new version of the face.
 *
 * The graph is built in a compute thread without a lock; the lock is taken to write it, and when the texts have
 * changed meanwhile it is built again.
 *
 * @returns the number of the new version, null when there was nothing to do
 * @throws {AppError} `unavailable` others kept changing the face
 */
export async function changeGraph(
  db: Db,
  faceId: string,
  change: GraphChange,
  { transaction, signal }: Options,
): Promise<number | null> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    signal?.throwIfAborted();
    const face = await db.face.findUnique({ where: { id: faceId } });
    const current = await readCompiledSources(db, faceId);
    const sources = await change.sources(db, current);
    if (face === null || sources === null) return null;
    const overrides = change.overrides ?? (await readOverrides(db, faceId));
    const graph = await buildStored(db, face, { sources, overrides }, signal);
    const ending = await transaction(async (tx) => {
      const locked = await lockFace(tx, faceId);
      if (locked === null) return { kind: "nothing" };
      // every change of the graph makes a version; the ids of its rows hold as long as it is the newest
      if (locked.version !== face.version || !(await change.apply(tx, sources))) return { kind: "stale" };
      await writeGraph(tx, faceId, graph);
      await change.beforeVersion?.(tx);
      const version = await writeVersion(tx, locked, { change, sources, graph });
      await change.after?.(tx, version);
      return { kind: "done", version };
    });
    if (ending.kind === "nothing") return null;
    if (ending.kind === "done") return ending.version;
  }
  throw new AppError("unavailable", "The face is being changed by others at the moment. Try again.", {
    retryAfterSeconds: 5,
  });
}

/** The graph of some stored texts, built in a compute thread. Nothing is written. */
export async function buildStored(
  db: DbOrTransaction,
  face: FaceRow,
  { sources, overrides }: { sources: Source[]; overrides: Overrides },
  signal?: AbortSignal,
): Promise<LinkedGraph> {
  const pages = await readStatementPages(db, sources);
  const faceNames = [face.username, ...(face.name === null ? [] : [face.name]), ...face.aliases];
  return runTask(
    "linkStatements",
    { pages, sources, faceNames, overrides, ids: await storedIds(db, face.id) },
    {
      timeoutMs: linkTimeoutMs,
      transfer: buffersOf(pages),
      ...(signal ? { signal } : {}),
    },
  );
}

async function writeVersion(
  tx: Transaction,
  face: FaceRow,
  { change, sources, graph }: { change: GraphChange; sources: Source[]; graph: LinkedGraph },
): Promise<number> {
  const number = face.version + 1;
  const { counts, tokens, centroids } = graph.profile;
  await tx.faceVersion.create({
    data: {
      faceId: face.id,
      number,
      reason: change.reason,
      sources: sources.map(({ documentId, version }) => ({ document_id: documentId, version })),
      // as they are now: what an owner changed while the graph was built is among them
      overrides: toJson(await readOverrides(tx, face.id)) as object,
      counts,
      graphHash: graph.hash,
    },
  });
  await tx.face.update({
    where: { id: face.id },
    data: { version: number, revision: { increment: 1 }, profileTokens: tokens, centroids },
  });
  return number;
}

/** Ids of what is stored, by key. Keys of primitives and of concepts are never the same. */
async function storedIds(db: DbOrTransaction, faceId: string): Promise<string> {
  const [row] = await db.$queryRaw<{ ids: string }[]>`
    SELECT coalesce(json_object_agg(key, id), '{}')::text AS ids FROM (
      SELECT key, id FROM primitives WHERE face_id = ${faceId}
      UNION ALL SELECT key, id FROM concepts WHERE face_id = ${faceId}) stored`;
  return row?.ids ?? "{}";
}
