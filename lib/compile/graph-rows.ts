import type { Db } from "@/lib/db/client";
import type { GraphEdgeView } from "./graph-view";

/** A primitive as its owner has it, with its place in the order of the graph. */
export type GraphPrimitiveRow = {
  id: string;
  component: "alpha" | "beta" | "delta" | "epsilon";
  statement: string;
  confidence: number;
  state: "active" | "draft" | "disabled";
  weight: number;
};

/** No primitive shows more of its sources; the surest come first. */
const maxQuotesEach = 4;
const maxSpanLabel = 160;

/** Primitives in the order of the graph: pinned first, then by confidence. */
export function graphPrimitives(
  db: Db,
  page: { faceId: string; component: string | null; cursor: string | null; take: number },
): Promise<GraphPrimitiveRow[]> {
  return db.$queryRaw<GraphPrimitiveRow[]>`
    WITH page AS (
      SELECT p.* FROM primitives p
      LEFT JOIN primitives c ON c.id = ${page.cursor} AND c.face_id = p.face_id
      WHERE p.face_id = ${page.faceId}
        AND (${page.component}::text IS NULL OR coalesce(p.edited_component, p.component) = ${page.component})
        AND (${page.cursor}::text IS NULL OR (NOT p.is_pinned, -p.confidence, p.id) > (NOT c.is_pinned, -c.confidence, c.id))
      ORDER BY NOT p.is_pinned, -p.confidence, p.id LIMIT ${page.take}
    )
    SELECT p.id, coalesce(p.edited_component, p.component) AS component,
           coalesce(p.edited_text, p.statement) AS statement, p.confidence,
           CASE WHEN p.is_disabled THEN 'disabled'
                WHEN p.state = 'draft' AND NOT p.is_pinned AND NOT p.is_accepted AND p.edited_text IS NULL
                     AND p.edited_component IS NULL THEN 'draft' ELSE 'active' END AS state,
           (SELECT count(*)::int FROM statements s WHERE s.primitive_id = p.id) AS weight
    FROM page p ORDER BY NOT p.is_pinned, -p.confidence, p.id`;
}

/** Edges between primitives: one end on this page, the other here or on a page before. */
export function primitiveEdges(
  db: Db,
  page: { faceId: string; component: string | null; ids: string[]; last: string },
): Promise<GraphEdgeView[]> {
  return db.$queryRaw<GraphEdgeView[]>`
    SELECT e.from_id AS "from", e.to_id AS "to", e.kind, e.weight FROM edges e
    JOIN primitives a ON a.id = e.from_id JOIN primitives b ON b.id = e.to_id
    JOIN primitives z ON z.id = ${page.last}
    WHERE e.face_id = ${page.faceId} AND (e.from_id = ANY(${page.ids}) OR e.to_id = ANY(${page.ids}))
      AND (NOT a.is_pinned, -a.confidence, a.id) <= (NOT z.is_pinned, -z.confidence, z.id)
      AND (NOT b.is_pinned, -b.confidence, b.id) <= (NOT z.is_pinned, -z.confidence, z.id)
      AND (${page.component}::text IS NULL OR (coalesce(a.edited_component, a.component) = ${page.component}
                                               AND coalesce(b.edited_component, b.component) = ${page.component}))
    ORDER BY 1, 2`;
}

export type AboutRow = {
  id: string;
  kind: "person" | "place" | "topic";
  name: string;
  weight: number;
  primitive: string;
};

/** What the primitives of a page are about; `weight`: how many primitives of the whole face are about it. */
export function conceptsOf(db: Db, ids: string[], kinds: string[]): Promise<AboutRow[]> {
  if (kinds.length === 0) return Promise.resolve([]);
  return db.$queryRaw<AboutRow[]>`
    WITH touched AS (
      SELECT l.concept_id, l.primitive_id FROM concept_links l JOIN concepts c ON c.id = l.concept_id
      WHERE l.primitive_id = ANY(${ids}) AND c.kind = ANY(${kinds})
    ), sizes AS (
      SELECT concept_id, count(*)::int AS n FROM concept_links
      WHERE concept_id IN (SELECT concept_id FROM touched) GROUP BY 1
    )
    SELECT c.id, c.kind, c.name, sizes.n AS weight, t.primitive_id AS primitive
    FROM touched t JOIN concepts c ON c.id = t.concept_id JOIN sizes ON sizes.concept_id = c.id ORDER BY c.id, 5`;
}

export type SupportRow = { id: string; label: string; primitive: string; overlap: number };

/** Which spans hold the quotes of primitives, by offsets; `overlap`: share of the quote that stands in the span. */
export function spansOf(db: Db, ids: string[]): Promise<SupportRow[]> {
  return db.$queryRaw<SupportRow[]>`
    WITH ranked AS (
      SELECT s.primitive_id, s.document_id, s.version, s.start, s."end", s.chunk_id,
             row_number() OVER (PARTITION BY s.primitive_id ORDER BY s.confidence DESC, s.id) AS place
      FROM statements s WHERE s.primitive_id = ANY(${ids})
    )
    SELECT sp.id, left(sp.text, ${maxSpanLabel}::int) AS label, q.primitive_id AS primitive,
           max((least(sp."end", q."end") - greatest(sp.start, q.start))::float8 / greatest(1, q."end" - q.start)) AS overlap
    FROM ranked q JOIN chunks c ON c.id = q.chunk_id
    JOIN spans sp ON sp.document_id = q.document_id AND sp.version = q.version AND sp.chunk_index = c.index
      AND sp.start < q."end" AND sp."end" > q.start
    WHERE q.place <= ${maxQuotesEach}::int GROUP BY sp.id, sp.text, q.primitive_id ORDER BY sp.id, 3`;
}
