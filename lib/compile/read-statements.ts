import type { DbOrTransaction } from "@/lib/db/client";
import type { Statement } from "./grammar";
import type { GraphStatement } from "./graph";
import { packedVectorBytes } from "@/lib/models/vector";

/** A version of a text whose statements are wanted. */
export type SourceVersion = { documentId: string; version: number };

/** The same with the name of its content: the graph must not depend on when a text was uploaded. */
export type Source = SourceVersion & { documentKey: string };

/**
 * Statements as they leave the database: JSON in UTF-8 and the vectors behind each other. Whoever links them takes this
 * apart in a compute thread, so that forty thousand rows never stop the event loop.
 */
export type StatementPage = { json: Uint8Array<ArrayBuffer>; vectors: Uint8Array<ArrayBuffer> };

/** A statement as it is stored: what an engine read, where, and the embedding of its rendering (516 bytes). */
export type StoredStatement = GraphStatement & { id: string; documentId: string; version: number; engine: string };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Rows of a page, roughly: a piece of a text is never divided. */
const pageRows = 250;

/** The texts that are in a face's graph. */
export function readCompiledSources(db: DbOrTransaction, faceId: string): Promise<Source[]> {
  return db.$queryRaw<Source[]>`
    SELECT d.id AS "documentId", v.version, encode(sha256(convert_to(v.content, 'UTF8')), 'hex') AS "documentKey"
    FROM documents d JOIN document_versions v ON v.document_id = d.id AND v.version = d.compiled_version
    WHERE d.face_id = ${faceId} ORDER BY d.id`;
}

/** Of these versions of texts, those that are still there. */
export function readSources(db: DbOrTransaction, faceId: string, wanted: SourceVersion[]): Promise<Source[]> {
  return db.$queryRaw<Source[]>`
    SELECT d.id AS "documentId", v.version, encode(sha256(convert_to(v.content, 'UTF8')), 'hex') AS "documentKey"
    FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) AS w ("documentId" text, version int)
    JOIN documents d ON d.id = w."documentId" AND d.face_id = ${faceId}
    JOIN document_versions v ON v.document_id = d.id AND v.version = w.version
    ORDER BY d.id`;
}

/** The statements of some texts, a page at a time. @param vectors false leaves them out: the pages hold none */
export async function readStatementPages(
  db: DbOrTransaction,
  sources: SourceVersion[],
  vectors = true,
): Promise<StatementPage[]> {
  const chunks = await db.$queryRaw<{ id: string; n: number }[]>`
    SELECT c.id, count(s.id)::int AS n
    FROM jsonb_to_recordset(${JSON.stringify(sources)}::jsonb) AS w ("documentId" text, version int)
    JOIN chunks c ON c.document_id = w."documentId" AND c.version = w.version
    JOIN statements s ON s.chunk_id = c.id GROUP BY c.id ORDER BY c.id`;
  const pages: StatementPage[] = [];
  for (const ids of grouped(chunks)) {
    const [page] = await db.$queryRaw<{ json: string; vectors: Uint8Array<ArrayBuffer> | null }[]>`
      SELECT json_agg(json_build_object(
               'id', s.id, 'documentId', s.document_id, 'version', s.version, 'engine', c.engine,
               'start', s.start, 'end', s."end", 'quote', s.quote, 'component', s.component,
               'predicate', s.predicate, 'polarity', s.polarity, 'statement', s.statement, 'object', s.object,
               'condition', s.condition, 'reason', s.reason, 'strength', s.strength, 'confidence', s.confidence,
               'alternatives', s.alternatives) ORDER BY s.id)::text AS json,
             CASE WHEN ${vectors} THEN string_agg(s.vector, ''::bytea ORDER BY s.id) END AS vectors
      FROM statements s JOIN chunks c ON c.id = s.chunk_id WHERE s.chunk_id = ANY(${ids})`;
    // copies of their own, to be given to the thread
    if (page !== undefined)
      pages.push({ json: encoder.encode(page.json), vectors: new Uint8Array(page.vectors ?? []) });
  }
  return pages;
}

/** What a thread is given instead of a copy. */
export function buffersOf(pages: StatementPage[]): ArrayBuffer[] {
  return pages.flatMap(({ json, vectors }) => [json.buffer, vectors.buffer]);
}

function grouped(chunks: { id: string; n: number }[]): string[][] {
  const groups: string[][] = [];
  let rows = Infinity;
  for (const { id, n } of chunks) {
    if (rows + n > pageRows) {
      groups.push([]);
      rows = 0;
    }
    groups.at(-1)?.push(id);
    rows += n;
  }
  return groups;
}

type Row = Statement & Pick<StoredStatement, "id" | "documentId" | "version" | "engine">;

/** Takes pages apart: for a compute thread. The rows were checked when they were stored. */
export function parseStatements(pages: StatementPage[], sources: Source[]): StoredStatement[] {
  const keys = new Map(sources.map(({ documentId, documentKey }) => [documentId, documentKey]));
  return pages.flatMap(({ json, vectors }) =>
    (JSON.parse(decoder.decode(json)) as Row[]).map(({ id, documentId, version, engine, ...statement }, at) => ({
      id,
      documentId,
      version,
      engine,
      documentKey: keys.get(documentId) ?? "",
      statement,
      vector: vectors.subarray(at * packedVectorBytes, (at + 1) * packedVectorBytes),
    })),
  );
}
