import { createHash } from "node:crypto";
import type { Ctx } from "@/lib/auth/context";
import { componentLetters, type GraphMap, stateLetters } from "@/lib/compile/schemas";
import { mapEdges, mapMeaning, type MapNodeRow, mapNodes, mapSources } from "@/lib/compile/graph-map-rows";
import type { MappedGraph } from "@/lib/compile/graph-map.task";
import { runTask } from "@/lib/compute/pool";
import type { Db } from "@/lib/db/client";
import { compositionOf } from "@/lib/faces/composition";
import { contributors, isComposite } from "@/lib/faces/parts";
import { type FaceRow, requireReadableFace } from "@/lib/faces/require-face";

/** More than a screen tells apart; the surest are shown. */
const maxNodes = 6000;
const mapTimeoutMs = 60_000;
/** About 100 kB each at most. */
const maxHeld = 64;

const held = globalThis as { facesGraphMaps?: Map<string, Promise<MappedGraph>> };

/**
 * A face's whole graph as a drawing needs it. Where things lie is worked out once for what they say, in a compute
 * thread; pinning or switching off moves nothing.
 *
 * @throws {NotFoundError}
 */
export async function showGraphMap(ctx: Ctx, query: { face: string }): Promise<GraphMap> {
  const face = await requireReadableFace(ctx, query.face);
  const { nodes, total } = await readNodes(ctx.db, face);
  const ids = nodes.map(({ id }) => id);
  const [edges, labels] = await Promise.all([
    mapEdges(ctx.db, ids),
    mapSources(ctx.db, [...new Set(nodes.flatMap(({ documentId }) => documentId ?? []))]),
  ]);
  const sources = [...labels].map(([document_id, label]) => ({ document_id, label }));
  sources.sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : a.document_id < b.document_id ? -1 : 1));
  // by what they say, so that nothing but the data decides where they lie
  const ordered = [...nodes].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id < b.id ? -1 : 1));
  const mapped = await layOut(ctx.db, ordered, edges);
  const rank = new Map(ordered.map(({ id }, at) => [id, at]));
  const placeOf = new Map(ids.map((id, at) => [id, at]));
  const sourceOf = new Map(sources.map(({ document_id }, at) => [document_id, at]));
  const column = (values: number[]) => ids.map((id) => values[rank.get(id) ?? 0] ?? 0);
  return {
    total,
    ids,
    statements: nodes.map(({ statement }) => statement),
    components: nodes.map(({ component }) => componentLetters[component]).join(""),
    states: nodes.map(({ state }) => stateLetters[state]).join(""),
    confidences: nodes.map(({ confidence }) => Math.round(confidence * 100)),
    sector_of: column(mapped.sectorOf),
    source_of: nodes.map(({ documentId }) => sourceOf.get(documentId ?? "") ?? -1),
    x: column(mapped.x),
    y: column(mapped.y),
    edges: edges.flatMap(({ from, to, kind }, at) => [
      placeOf.get(from) ?? 0,
      placeOf.get(to) ?? 0,
      kind === "tension" ? 1 : 0,
      mapped.closeness[at] ?? 0,
    ]),
    sectors: mapped.sectors,
    sources,
    kept_nearest: mapped.keptNearest,
  };
}

async function readNodes(db: Db, face: FaceRow): Promise<{ nodes: MapNodeRow[]; total: number }> {
  if (!isComposite(face)) {
    const [nodes, total] = await Promise.all([
      mapNodes(db, [face.id], null, maxNodes),
      db.primitive.count({ where: { faceId: face.id } }),
    ]);
    return { nodes, total };
  }
  const { members } = await compositionOf(db, face);
  const shown = members.slice(0, maxNodes);
  const rows = await mapNodes(
    db,
    contributors(face),
    shown.map(({ id }) => id),
    maxNodes,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const nodes = shown.flatMap(({ id, confidence, state }) => {
    const row = byId.get(id);
    return row === undefined ? [] : [{ ...row, confidence, state }];
  });
  return { nodes, total: members.length };
}

/** Held for as long as the graph says the same. */
async function layOut(db: Db, nodes: MapNodeRow[], edges: { from: string; to: string }[]): Promise<MappedGraph> {
  const maps = (held.facesGraphMaps ??= new Map());
  const said = nodes.map(({ id, key, isEdited, statement }) => [id, key, isEdited ? statement : ""]);
  const links = edges.map(({ from, to }) => [from, to]);
  const name = createHash("sha256")
    .update(JSON.stringify([said, links]))
    .digest("base64");
  const known = maps.get(name);
  // the last used stays longest
  maps.delete(name);
  const map = known ?? compute(db, nodes, edges);
  maps.set(name, map);
  for (const oldest of maps.keys()) if (maps.size > maxHeld) maps.delete(oldest);
  try {
    return await map;
  } catch (error) {
    if (maps.get(name) === map) maps.delete(name);
    throw error;
  }
}

async function compute(db: Db, nodes: MapNodeRow[], edges: { from: string; to: string }[]): Promise<MappedGraph> {
  const ids = nodes.map(({ id }) => id);
  const rank = new Map(ids.map((id, at) => [id, at]));
  const { vectors, concepts } = await mapMeaning(db, ids);
  const input = {
    vectors: ids.flatMap((id) => vectors.get(id) ?? []),
    concepts: concepts.map(({ name, members }) => ({
      name,
      members: members.flatMap((id) => rank.get(id) ?? []).sort((a, b) => a - b),
    })),
    edges: edges.map(({ from, to }): [number, number] => [rank.get(from) ?? 0, rank.get(to) ?? 0]),
  };
  return runTask("mapGraph", input, { timeoutMs: mapTimeoutMs, isPatient: true });
}
