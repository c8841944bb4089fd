import type { Transaction } from "@/lib/db/client";
import type { LinkedGraph } from "./graph.task";

/**
 * Makes the stored graph of a face this one. Rows that stay the same are not written again; primitives keep their id
 * and what their owner changed as long as their key stays. The caller holds the face's lock, and which version of
 * each text is compiled is as it was linked.
 */
export async function writeGraph(tx: Transaction, faceId: string, graph: LinkedGraph): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM primitives WHERE face_id = ${faceId}
      AND id NOT IN (SELECT jsonb_array_elements_text(${graph.kept.primitives}::jsonb))`;
  for (const rows of graph.primitives) await upsertPrimitives(tx, faceId, rows);
  await pointStatements(tx, faceId, graph.members);
  await replaceEdges(tx, faceId, graph);
  await replaceConcepts(tx, faceId, graph);
}

async function upsertPrimitives(tx: Transaction, faceId: string, rows: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO primitives AS p (id, face_id, key, component, predicate, polarity, statement, object, condition, reason,
                                 strength, confidence, alternatives, vector, state)
    SELECT id, ${faceId}, key, component, predicate, polarity, statement, object, condition, reason, strength,
           confidence, alternatives, decode(vector, 'base64'), state
    FROM jsonb_to_recordset(${rows}::jsonb) AS r (
      id text, key text, component text, predicate text, polarity text, statement text, object text, condition text,
      reason text, strength text, confidence float8, alternatives jsonb, vector text, state text)
    ON CONFLICT (id) DO UPDATE SET
      polarity = excluded.polarity, statement = excluded.statement, object = excluded.object,
      condition = excluded.condition, reason = excluded.reason, strength = excluded.strength,
      confidence = excluded.confidence, alternatives = excluded.alternatives, vector = excluded.vector,
      state = excluded.state
    WHERE (p.polarity, p.statement, p.object, p.condition, p.reason, p.strength, p.confidence, p.alternatives, p.vector,
           p.state)
      IS DISTINCT FROM (excluded.polarity, excluded.statement, excluded.object, excluded.condition, excluded.reason,
                        excluded.strength, excluded.confidence, excluded.alternatives, excluded.vector, excluded.state)`;
}

/** Statements of versions that are not compiled support nothing: they are kept for a version of the face to return to. */
async function pointStatements(tx: Transaction, faceId: string, members: string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE statements s SET primitive_id = NULL
    FROM documents d
    WHERE s.face_id = ${faceId} AND s.primitive_id IS NOT NULL AND d.id = s.document_id
      AND d.compiled_version IS DISTINCT FROM s.version`;
  for (const rows of members) {
    await tx.$executeRaw`
      UPDATE statements s SET primitive_id = r.primitive
      FROM jsonb_to_recordset(${rows}::jsonb) AS r (id text, primitive text)
      WHERE s.id = r.id AND s.primitive_id IS DISTINCT FROM r.primitive`;
  }
}

async function replaceEdges(tx: Transaction, faceId: string, { edges, kept }: LinkedGraph): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM edges WHERE face_id = ${faceId}
      AND from_id || ' ' || to_id || ' ' || kind NOT IN (SELECT jsonb_array_elements_text(${kept.edges}::jsonb))`;
  for (const rows of edges) {
    await tx.$executeRaw`
      INSERT INTO edges AS e (face_id, from_id, to_id, kind, weight)
      SELECT ${faceId}, r."from", r."to", r.kind, r.weight
      FROM jsonb_to_recordset(${rows}::jsonb) AS r ("from" text, "to" text, kind text, weight float8)
      ON CONFLICT (from_id, to_id, kind) DO UPDATE SET weight = excluded.weight WHERE e.weight <> excluded.weight`;
  }
}

async function replaceConcepts(tx: Transaction, faceId: string, { concepts, about, kept }: LinkedGraph): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM concepts WHERE face_id = ${faceId}
      AND id NOT IN (SELECT jsonb_array_elements_text(${kept.concepts}::jsonb))`;
  for (const rows of concepts) {
    await tx.$executeRaw`
      INSERT INTO concepts AS c (id, face_id, key, kind, name)
      SELECT id, ${faceId}, key, kind, name
      FROM jsonb_to_recordset(${rows}::jsonb) AS r (id text, key text, kind text, name text)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE c.name <> excluded.name`;
  }
  await tx.$executeRaw`
    DELETE FROM concept_links l USING concepts c WHERE c.id = l.concept_id AND c.face_id = ${faceId}
      AND l.primitive_id || ' ' || l.concept_id NOT IN (SELECT jsonb_array_elements_text(${kept.about}::jsonb))`;
  for (const rows of about) {
    await tx.$executeRaw`
      INSERT INTO concept_links (primitive_id, concept_id)
      SELECT primitive, concept FROM jsonb_to_recordset(${rows}::jsonb) AS r (concept text, primitive text)
      ON CONFLICT DO NOTHING`;
  }
}
