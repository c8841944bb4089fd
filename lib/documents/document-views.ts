import type { DbOrTransaction, Prisma } from "@/lib/db/client";
import { type DocumentNote, DocumentNotes, type DocumentView } from "./schemas";

export type DocumentRow = Prisma.DocumentGetPayload<object>;

type Counts = { document_id: string; done: number; statements: number; dropped: number };
type SpanCount = { document_id: string; spans: number };
type Naming = { id: string; name: string | null; pronouns: string | null };

/** One document with its counts. */
export async function toDocumentView(db: DbOrTransaction, row: DocumentRow): Promise<DocumentView> {
  const [view] = await toDocumentViews(db, [row]);
  if (view === undefined) throw new RangeError("One row in, one view out.");
  return view;
}

/** Many documents of one face; five queries, however many. */
export async function toDocumentViews(db: DbOrTransaction, rows: DocumentRow[]): Promise<DocumentView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const faceIds = [...new Set(rows.map(({ faceId }) => faceId))];
  const [counts, spans, findings, faces, jobs] = await Promise.all([
    db.$queryRaw<Counts[]>`
      SELECT d.id AS document_id, count(DISTINCT c.id) FILTER (WHERE c.version = d.version)::int AS done,
             count(s.id) FILTER (WHERE s.version = d.compiled_version)::int AS statements,
             (SELECT coalesce(sum(dropped), 0)::int FROM chunks WHERE document_id = d.id AND version = d.compiled_version) AS dropped
      FROM documents d JOIN chunks c ON c.document_id = d.id LEFT JOIN statements s ON s.chunk_id = c.id
      WHERE d.id = ANY(${ids}) GROUP BY d.id`,
    db.$queryRaw<SpanCount[]>`
      SELECT d.id AS document_id, count(*)::int AS spans FROM documents d
      JOIN spans s ON s.document_id = d.id AND s.version = d.compiled_version WHERE d.id = ANY(${ids}) GROUP BY d.id`,
    db.$queryRaw<{ document_id: string; findings: number }[]>`
      SELECT d.id AS document_id, count(*)::int AS findings FROM documents d
      JOIN findings f ON f.document_id = d.id AND f.version = d.compiled_version WHERE d.id = ANY(${ids}) GROUP BY d.id`,
    db.face.findMany({ where: { id: { in: faceIds } }, select: { id: true, name: true, pronouns: true } }),
    db.$queryRaw<{ key: string }[]>`
      SELECT key FROM jobs WHERE name = 'compile.sync' AND key = ANY(${faceIds}) AND status IN ('queued', 'running')`,
  ]);
  const countOf = new Map(counts.map((row) => [row.document_id, row]));
  const spansOf = new Map(spans.map((row) => [row.document_id, row.spans]));
  const findingsOf = new Map(findings.map((row) => [row.document_id, row.findings]));
  const faceOf = new Map(faces.map((face) => [face.id, face]));
  const syncing = new Set(jobs.map(({ key }) => key));
  return rows.map((row) =>
    view(row, {
      counts: countOf.get(row.id),
      spans: spansOf.get(row.id) ?? 0,
      findings: findingsOf.get(row.id) ?? 0,
      face: faceOf.get(row.faceId),
      isFaceSyncing: syncing.has(row.faceId),
    }),
  );
}

/**
 * What a text about the face needs to be read: who "she" is, and which names are the face's. Told as long as the face
 * lacks it, so it is no part of the row.
 */
function namingNotes({ type, perspective }: DocumentRow, face: Naming | undefined): DocumentNote[] {
  if (type !== "document" || perspective !== "third-person" || face === undefined) return [];
  const notes: DocumentNote[] = [];
  if (!face.name) {
    const message =
      "This text tells about the face, and the face has no name yet: give it the name that the text uses.";
    notes.push({ code: "needs_name", message });
  }
  if (!face.pronouns) {
    const message = "Say with which pronouns the text speaks of the face, so that “she” or “he” is not somebody else.";
    notes.push({ code: "needs_pronouns", message });
  }
  return notes;
}

type Beside = {
  counts: Counts | undefined;
  spans: number;
  findings: number;
  face: Naming | undefined;
  isFaceSyncing: boolean;
};

function view(row: DocumentRow, { counts, spans, findings, face, isFaceSyncing }: Beside): DocumentView {
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
    format: row.format,
    source_url: row.sourceUrl,
    byte_size: row.byteSize,
    media_seconds: row.mediaSeconds,
    notes: [...DocumentNotes.parse(row.notes), ...namingNotes(row, face)],
    token_count: row.tokenCount,
    status: isSyncing ? "syncing" : (row.status as DocumentView["status"]),
    error: row.error,
    version: row.version,
    chunks_total: row.chunksTotal,
    chunks_completed: done,
    counts: { statements: counts?.statements ?? 0, spans, dropped: counts?.dropped ?? 0 },
    findings,
    tokens_charged: row.tokensCharged,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    synced_at: row.syncedAt?.toISOString() ?? null,
  };
}
