import { runTask } from "@/lib/compute/pool";
import type { Transaction } from "@/lib/db/client";
import { newId } from "@/lib/ids";
import type { Graph } from "./graph";
import { readStatements } from "./read-statements";

const linkTimeoutMs = 25_000;

/**
 * Makes a face's graph the one that its statements give: primitives, what supports them, and the edges between them.
 *
 * It is a function of the statements alone, so after a deletion it equals a fresh compile of what remains. Primitives
 * keep their id and what their owner changed as long as their key stays. The caller holds the face's lock.
 */
export async function linkGraph(tx: Transaction, faceId: string): Promise<void> {
  const statements = await readStatements(tx, faceId);
  const graph = await runTask("linkStatements", { statements }, { timeoutMs: linkTimeoutMs });
  const keys = graph.primitives.map(({ key }) => key);
  await tx.$executeRaw`DELETE FROM primitives WHERE face_id = ${faceId} AND NOT (key = ANY(${keys}))`;
  await upsertPrimitives(tx, faceId, graph);
  await pointStatements(tx, faceId, graph, statements);
  await replaceEdges(tx, faceId, graph);
  await tx.face.update({
    where: { id: faceId },
    data: { version: { increment: 1 }, profileTokens: graph.profileTokens },
  });
}

async function upsertPrimitives(tx: Transaction, faceId: string, graph: Graph): Promise<void> {
  const rows = graph.primitives.map(({ members: _members, vector, ...primitive }) => ({
    ...primitive,
    id: newId("primitive"),
    vector: Buffer.from(vector).toString("base64"),
  }));
  await tx.$executeRaw`
    INSERT INTO primitives (id, face_id, key, component, predicate, polarity, statement, object, condition, reason,
                            strength, confidence, alternatives, vector, state)
    SELECT id, ${faceId}, key, component, predicate, polarity, statement, object, condition, reason, strength,
           confidence, alternatives, decode(vector, 'base64'), state
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (
      id text, key text, component text, predicate text, polarity text, statement text, object text, condition text,
      reason text, strength text, confidence float8, alternatives jsonb, vector text, state text)
    ON CONFLICT (face_id, key) DO UPDATE SET
      statement = excluded.statement, object = excluded.object, condition = excluded.condition,
      reason = excluded.reason, strength = excluded.strength, confidence = excluded.confidence,
      alternatives = excluded.alternatives, vector = excluded.vector, state = excluded.state`;
}

async function pointStatements(
  tx: Transaction,
  faceId: string,
  graph: Graph,
  statements: { id: string }[],
): Promise<void> {
  const pairs = graph.primitives.flatMap(({ key, members }) =>
    members.flatMap((member) => {
      const id = statements[member]?.id;
      return id === undefined ? [] : [{ id, key }];
    }),
  );
  await tx.$executeRaw`
    UPDATE statements s SET primitive_id = p.id
    FROM jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) AS r (id text, key text)
    JOIN primitives p ON p.face_id = ${faceId} AND p.key = r.key
    WHERE s.id = r.id AND s.primitive_id IS DISTINCT FROM p.id`;
}

async function replaceEdges(tx: Transaction, faceId: string, graph: Graph): Promise<void> {
  await tx.edge.deleteMany({ where: { faceId } });
  await tx.$executeRaw`
    INSERT INTO edges (face_id, from_id, to_id, kind, weight)
    SELECT ${faceId}, a.id, b.id, r.kind, r.weight
    FROM jsonb_to_recordset(${JSON.stringify(graph.edges)}::jsonb) AS r ("from" text, "to" text, kind text, weight float8)
    JOIN primitives a ON a.face_id = ${faceId} AND a.key = r."from"
    JOIN primitives b ON b.face_id = ${faceId} AND b.key = r."to"`;
}
