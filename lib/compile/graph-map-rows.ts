import type { Db } from "@/lib/db/client";

/** A primitive of a drawing, as its owner has it. */
export type MapNodeRow = {
  id: string;
  /** the same for the same content */
  key: string;
  component: "alpha" | "beta" | "delta" | "epsilon";
  statement: string;
  confidence: number;
  state: "active" | "draft" | "disabled";
  isEdited: boolean;
  /** the text that says it most often */
  documentId: string | null;
};

/** The surest primitives of faces, pinned ones first. @param ids only these; null: all of the faces */
export function mapNodes(db: Db, faceIds: string[], ids: string[] | null, take: number): Promise<MapNodeRow[]> {
  return db.$queryRaw<MapNodeRow[]>`
    SELECT p.id, p.key, coalesce(p.edited_component, p.component) AS component,
           coalesce(p.edited_text, p.statement) AS statement, p.confidence, p.edited_text IS NOT NULL AS "isEdited",
           CASE WHEN p.is_disabled THEN 'disabled'
                WHEN p.state = 'draft' AND NOT p.is_pinned AND NOT p.is_accepted AND p.edited_text IS NULL
                     AND p.edited_component IS NULL THEN 'draft' ELSE 'active' END AS state,
           (SELECT s.document_id FROM statements s WHERE s.primitive_id = p.id
            GROUP BY 1 ORDER BY count(*) DESC, max(s.confidence) DESC, 1 LIMIT 1) AS "documentId"
    FROM primitives p
    WHERE p.face_id = ANY(${faceIds}) AND (${ids}::text[] IS NULL OR p.id = ANY(${ids}::text[]))
    ORDER BY NOT p.is_pinned, p.confidence DESC, p.id LIMIT ${take}::int`;
}

/** Edges of which both ends are among these, the same in every call. */
export function mapEdges(db: Db, ids: string[]): Promise<{ from: string; to: string; kind: string }[]> {
  return db.$queryRaw<{ from: string; to: string; kind: string }[]>`
    SELECT from_id AS "from", to_id AS "to", kind FROM edges
    WHERE from_id = ANY(${ids}) AND to_id = ANY(${ids}) ORDER BY 1, 2, 3`;
}

/** Vectors of primitives as their owner words them, and which concepts each touches. */
export async function mapMeaning(db: Db, ids: string[]) {
  const [vectors, concepts] = await Promise.all([
    db.$queryRaw<{ id: string; vector: Uint8Array<ArrayBuffer> }[]>`
      SELECT id, coalesce(edited_vector, vector) AS vector FROM primitives WHERE id = ANY(${ids})`,
    db.$queryRaw<{ name: string; members: string[] }[]>`
      SELECT min(c.name) AS name, array_agg(DISTINCT l.primitive_id) AS members
      FROM concept_links l JOIN concepts c ON c.id = l.concept_id
      WHERE l.primitive_id = ANY(${ids}) GROUP BY c.key ORDER BY c.key`,
  ]);
  return { vectors: new Map(vectors.map(({ id, vector }) => [id, vector])), concepts };
}

/** What texts are called. */
export async function mapSources(db: Db, ids: string[]): Promise<Map<string, string>> {
  const rows = await db.document.findMany({ where: { id: { in: ids } }, select: { id: true, label: true } });
  return new Map(rows.map(({ id, label }) => [id, label]));
}
