import { toJson } from "@/lib/db/json";
import { lockFace } from "@/lib/faces/require-face";
import type { JobContext } from "@/lib/jobs/define-job";
import type { Transaction } from "@/lib/db/client";
import { measureFaceFidelity } from "./fidelity-measure";
import { changeGraph } from "./link-graph";
import { measureFaceVoice } from "./measure-face-voice";
import { readSources, type Source, type SourceVersion } from "./read-statements";
import type { SyncMeter } from "./sync-meter";
import { waitsForSync } from "./waits-for-sync";

/**
 * Ends a sync: puts what it compiled into the graph, measures voice and fidelity, and marks the face as synced.
 *
 * The last look for waiting sources, the end of the job and whoever starts a sync take the face's lock: what was
 * pressed in time is not forgotten.
 *
 * @returns false when another source came in meanwhile
 */
export async function finishFace(
  job: JobContext,
  faceId: string,
  { meter, done }: { meter: SyncMeter; done: SourceVersion[] },
): Promise<boolean> {
  meter.link();
  await putIntoGraph(job, faceId, done, job.signal);
  for (;;) {
    job.signal.throwIfAborted();
    const { revision } = (await job.db.face.findUnique({ where: { id: faceId } })) ?? { revision: 0 };
    const voice = await measureFaceVoice(job.db, faceId, job.signal);
    const fidelity = await measureFaceFidelity(job.db, faceId, job.signal);
    let isStale = false;
    const isFinished = await job.finish(async (tx) => {
      const face = await lockFace(tx, faceId);
      if (face === null) return true;
      // somebody deleted or restored while it was measured: measure what is there now
      isStale = face.revision !== revision;
      if (isStale || (await tx.document.count({ where: waitsForSync(tx, faceId) })) > 0) return false;
      await tx.face.update({
        where: { id: faceId },
        data: {
          syncedAt: new Date(),
          syncFailure: null,
          syncError: null,
          voice: toJson(voice),
          fidelity: toJson(fidelity),
        },
      });
      return true;
    });
    if (!isStale) return isFinished;
  }
}

/** Swaps the compiled versions in and links the graph anew: a version of the face. Nothing compiled, nothing done. */
export async function putIntoGraph(
  job: JobContext,
  faceId: string,
  done: SourceVersion[],
  signal?: AbortSignal,
): Promise<void> {
  if (done.length === 0) return;
  await changeGraph(
    job.db,
    faceId,
    {
      reason: "sync",
      async sources(db, current) {
        const entering = await stillCurrent(db, faceId, done);
        const ids = new Set(entering.map(({ documentId }) => documentId));
        const staying = current.filter(({ documentId }) => !ids.has(documentId));
        return entering.length === 0 ? null : [...staying, ...entering].sort(byId);
      },
      apply: (tx, sources) => markCompiled(tx, sources, done),
    },
    { transaction: (work) => job.transaction(work), ...(signal ? { signal } : {}) },
  );
}

/** A text that was deleted or edited while it was compiled does not enter. */
async function stillCurrent(db: JobContext["db"], faceId: string, done: SourceVersion[]): Promise<Source[]> {
  const rows = await db.document.findMany({
    where: { faceId, OR: done.map(({ documentId: id, version }) => ({ id, version })) },
    select: { id: true, version: true },
  });
  return readSources(
    db,
    faceId,
    rows.map(({ id: documentId, version }) => ({ documentId, version })),
  );
}

async function markCompiled(tx: Transaction, sources: Source[], done: SourceVersion[]): Promise<boolean> {
  const entering = sources.filter(({ documentId, version }) =>
    done.some((each) => each.documentId === documentId && each.version === version),
  );
  const swapped = await tx.$executeRaw`
    UPDATE documents d SET status = 'synced', error = NULL, compiled_version = d.version, synced_at = now()
    FROM jsonb_to_recordset(${JSON.stringify(entering)}::jsonb) AS w ("documentId" text, version int)
    WHERE d.id = w."documentId" AND d.version = w.version`;
  return swapped === entering.length;
}

function byId(a: Source, b: Source): number {
  return a.documentId < b.documentId ? -1 : 1;
}
