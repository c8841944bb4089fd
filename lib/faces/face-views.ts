import { kinds } from "@/lib/compile/grammar";
import type { DbOrTransaction } from "@/lib/db/client";
import { signedPath } from "@/lib/storage/signed-file";
import { type Composition, readCompositions } from "./composition";
import { contributors, isComposite, partIds, readParts, shownFormula } from "./parts";
import type { FaceRow } from "./require-face";
import { type FaceView, type PictureView, SyncProgress, type SyncStatus } from "./schemas";

/** A worker that has not been seen for this long is not working. */
const workerGraceSeconds = 30;

type PredicateCount = { component: string; predicate: string; n: number; confidence: number };
type DocumentCount = { face_id: string; total: number; pending: number; failed: number };
type ActiveJob = { face_id: string; id: string; progress: unknown; has_worker: boolean };

type Facts = {
  predicates: Map<string, PredicateCount[]>;
  documents: Map<string, DocumentCount>;
  jobs: Map<string, ActiveJob>;
};

/** One face with its counts and its sync. */
export async function toFaceView(db: DbOrTransaction, face: FaceRow): Promise<FaceView> {
  const [view] = await toFaceViews(db, [face]);
  if (view === undefined) throw new RangeError("One face in, one view out.");
  return view;
}

/**
 * Many faces; three queries, however many, and one more for the parts of composites. A composite whose parts have
 * changed since it was last looked at is worked out anew.
 */
export async function toFaceViews(db: DbOrTransaction, faces: FaceRow[]): Promise<FaceView[]> {
  if (faces.length === 0) return [];
  const parts = await readParts(db, faces);
  const ids = new Set([...faces.map(({ id }) => id), ...parts.keys()]);
  const facts = await readFacts(db, [...ids]);
  const compositions = await readCompositions(db, faces, parts);
  return faces.map((face) => {
    const composition = compositions.get(face.id);
    return composition === undefined || !isComposite(face)
      ? view(face, facts)
      : compositeView(face, parts, { facts, composition });
  });
}

async function readFacts(db: DbOrTransaction, faceIds: string[]): Promise<Facts> {
  const [predicates, documents, jobs] = await Promise.all([
    db.$queryRaw<(PredicateCount & { face_id: string })[]>`
      SELECT face_id, coalesce(edited_component, component) AS component,
             coalesce(edited_predicate, predicate) AS predicate,
             count(*)::int AS n, avg(confidence)::float8 AS confidence
      FROM primitives WHERE face_id = ANY(${faceIds}) AND NOT is_disabled GROUP BY 1, 2, 3`,
    db.$queryRaw<DocumentCount[]>`
      SELECT face_id, count(*)::int AS total, count(*) FILTER (WHERE status = 'pending')::int AS pending,
             count(*) FILTER (WHERE status = 'failed')::int AS failed
      FROM documents WHERE face_id = ANY(${faceIds}) GROUP BY 1`,
    db.$queryRaw<ActiveJob[]>`
      SELECT key AS face_id, id, progress,
             EXISTS (SELECT 1 FROM workers WHERE seen_at > now() - make_interval(secs => ${workerGraceSeconds})) AS has_worker
      FROM jobs WHERE name = 'compile.sync' AND key = ANY(${faceIds}) AND status IN ('queued', 'running')`,
  ]);
  return {
    predicates: Map.groupBy(predicates, (row) => row.face_id),
    documents: new Map(documents.map((row) => [row.face_id, row])),
    jobs: new Map(jobs.map((row) => [row.face_id, row])),
  };
}

/** A composite has what its formula makes of its parts, and is as far as they are. */
function compositeView(
  face: FaceRow & { formula: string },
  parts: Map<string, FaceRow>,
  { facts, composition }: { facts: Facts; composition: Composition },
): FaceView {
  const rows = partIds(face).flatMap((id) => parts.get(id) ?? []);
  const partViews = rows.map((part) => view(part, facts));
  const own = new Set(contributors(face));
  const sources = partViews.filter(({ id }) => own.has(id)).map(({ document_counts }) => document_counts);
  const times = partViews.flatMap(({ synced_at }) => synced_at ?? []).sort();
  return {
    ...view(face, facts),
    formula: shownFormula(face.formula, parts),
    parts: rows.map(({ id, username, name }) => ({ id, username, name })),
    sync_status: statusOfAll(partViews.map(({ sync_status }) => sync_status)),
    component_counts: countByComponent(composition.predicates),
    fingerprint: fingerprint(composition.predicates),
    document_counts: {
      total: sources.reduce((sum, { total }) => sum + total, 0),
      pending: sources.reduce((sum, { pending }) => sum + pending, 0),
    },
    profile_token_count: composition.tokens,
    synced_at: times.at(-1) ?? null,
  };
}

/** What is furthest from done tells; a part that has no sources has nothing to wait for. */
const furthestFirst = ["syncing", "payment_required", "failed", "pending", "synced"] as const;

function statusOfAll(statuses: readonly SyncStatus[]): SyncStatus {
  return furthestFirst.find((status) => statuses.includes(status)) ?? "empty";
}

function view(face: FaceRow, facts: Facts): FaceView {
  const predicates = facts.predicates.get(face.id) ?? [];
  const documents = facts.documents.get(face.id);
  const job = facts.jobs.get(face.id);
  const progress = SyncProgress.safeParse(job?.progress).data;
  const status = syncStatus(face, documents, job);
  const noWorker = job !== undefined && !job.has_worker;
  return {
    id: face.id,
    username: face.username,
    name: face.name,
    aliases: face.aliases,
    pronouns: face.pronouns,
    basic_facts: face.basicFacts,
    default_model: face.defaultModel,
    formula: face.formula,
    parts: [],
    sync_status: status,
    sync: {
      stage: status === "syncing" ? (progress?.stage ?? "queued") : null,
      chunks_total: progress?.chunks_total ?? 0,
      chunks_completed: progress?.chunks_completed ?? 0,
      tokens_charged: progress?.tokens_charged ?? 0,
      eta_seconds: progress?.eta_seconds ?? null,
      error: noWorker ? "No worker is running; the sync starts when one does." : face.syncError,
      job_id: job?.id ?? null,
    },
    component_counts: countByComponent(predicates),
    fingerprint: fingerprint(predicates),
    picture: pictureOf(face),
    document_counts: { total: documents?.total ?? 0, pending: documents?.pending ?? 0 },
    profile_token_count: face.profileTokens,
    is_sample: face.accountId === null,
    version: face.version,
    created_at: face.createdAt.toISOString(),
    updated_at: face.updatedAt.toISOString(),
    synced_at: face.syncedAt?.toISOString() ?? null,
  };
}

/** The portrait that a face is shown by, where its owner chose one. */
export function pictureOf({ portraitId: id }: Pick<FaceRow, "portraitId">): PictureView | null {
  if (id === null) return null;
  const kind = "portraits";
  return { portrait_id: id, url: signedPath({ kind, id }), small_url: signedPath({ kind, id, isSmall: true }) };
}

/** Derived, not stored: `syncing` only while a job is there and a worker lives to do it. */
function syncStatus(face: FaceRow, documents: DocumentCount | undefined, job: ActiveJob | undefined): SyncStatus {
  if (job?.has_worker) return "syncing";
  if (face.syncFailure === "payment_required" && documents?.pending) return "payment_required";
  if (face.syncFailure === "failed" && (documents?.pending || documents?.failed)) return "failed";
  if (documents?.pending) return "pending";
  if (documents === undefined) return "empty";
  return documents.failed === documents.total ? "failed" : "synced";
}

/** Statements by component. */
export function countByComponent(rows: PredicateCount[]): FaceView["component_counts"] {
  const counts = { alpha: 0, beta: 0, delta: 0, epsilon: 0 };
  for (const row of rows) if (row.component in counts) counts[row.component as keyof typeof counts] += row.n;
  return counts;
}

/** What a face is drawn from: a cluster for each predicate. */
export function fingerprint(rows: PredicateCount[]): FaceView["fingerprint"] {
  const rings: FaceView["fingerprint"] = { alpha: [], beta: [], delta: [], epsilon: [] };
  for (const { component, predicate } of kinds) {
    const row = rows.find((each) => each.component === component && each.predicate === predicate);
    if (row) rings[component].push({ n: row.n, confidence: row.confidence });
  }
  return rings;
}
