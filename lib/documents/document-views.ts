import type { DbOrTransaction, Prisma } from "@/lib/db/client";
import type { DocumentView } from "./schemas";

export type DocumentRow = Prisma.DocumentGetPayload<object>;

type Counts = { document_id: string; done: number; statements: number; dropped: number };
type SpanCount = { document_id: string; spans: number };

/** One document with its counts. */
export async function toDocumentView(db: DbOrTransaction, row: DocumentRow): Promise<DocumentView> {
  const [view] = await toDocumentViews(db, [row]);
  if (view === undefined) throw new RangeError("One row in, one view out.");
  return view;
}

/** Many documents of one face; three queries, however many. */
export async function toDocumentViews(db: DbOrTransaction, rows: DocumentRow[]): Promise<DocumentView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const faceIds = [...new Set(rows.map(({ faceId }) => faceId))];
  const [counts, spans, jobs] = await Promise.all([
    db.$queryRaw<Counts[]>`
      SELECT d.id AS document_id, count(DISTINCT c.id) FILTER (WHERE c.version = d.version)::int AS done,
             count(s.id) FILTER (WHERE s.version = d.compiled_version)::int AS statements,
             (SELECT coalesce(sum(dropped), 0)::int FROM chunks WHERE document_id = d.id AND version = d.compiled_version) AS dropped
      FROM documents d JOIN chunks c ON c.document_id = d.id LEFT JOIN statements s ON s.chunk_id = c.id
      WHERE d.id = ANY(${ids}) GROUP BY d.id`,
    db.$queryRaw<SpanCount[]>`
      SELECT d.id AS document_id, count(*)::int AS spans FROM documents d
      JOIN spans s ON s.document_id = d.id AND s.version = d.compiled_version WHERE d.id = ANY(${ids}) GROUP BY d.id`,
    db.$queryRaw<{ key: string }[]>`
      SELECT key FROM jobs WHERE name = 'compile.sync' AND key = ANY(${faceIds}) AND status IN ('queued', 'running')`,
  ]);
  const countOf = new Map(counts.map((row) => [row.document_id, row]));
  const spansOf = new Map(spans.map((row) => [row.document_id, row.spans]));
  const syncing = new Set(jobs.map(({ key }) => key));
  return rows.map((row) => view(row, countOf.get(row.id), spansOf.get(row.id) ?? 0, syncing.has(row.faceId)));
}

function view(row: DocumentRow, counts: Counts | undefined, spans: number, isFaceSyncing: boolean): DocumentView {
  const done = counts?.done ?? 0;
  // of the documents that wait, the one that has begun is the one being compiled
  const isSyncing = isFaceSyncing && row.status === "pending" && done > 0;
  return {
    id: row.id,
    face_id: row.faceId,
    type: row.type as DocumentView["type"],
    label: row.label,
    source: row.source,
    mime_type: row.mimeType,
    perspective: row.perspective as DocumentView["perspective"],
    face_speaker: row.faceSpeaker,
    speakers: row.speakers,
    token_count: row.tokenCount,
    status: isSyncing ? "syncing" : (row.status as DocumentView["status"]),
    error: row.error,
    version: row.version,
    chunks_total: row.chunksTotal,
    chunks_completed: done,
    counts: { statements: counts?.statements ?? 0, spans, dropped: counts?.dropped ?? 0 },
    tokens_charged: row.tokensCharged,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    synced_at: row.syncedAt?.toISOString() ?? null,
  };
}
