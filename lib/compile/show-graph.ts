import type { Ctx } from "@/lib/auth/context";
import type { Db } from "@/lib/db/client";
import { requireReadableFace } from "@/lib/faces/require-face";
import { type AboutRow, conceptsOf, graphPrimitives, primitiveEdges, spansOf, type SupportRow } from "./graph-rows";
import type { GraphEdgeView, GraphNodeView, GraphView, NodeKind, ShowGraphQuery } from "./graph-view";

/** A page of a face's graph, and where the next one begins. */
export type GraphPage = { data: GraphView; has_more: boolean; next_cursor: string | null };

/**
 * A page of a face's graph: some primitives, pinned ones and the surest first, with the concepts and spans that they
 * touch. An edge between primitives comes with the page of its later end; a concept may come with several pages.
 * Four queries, however large the page.
 *
 * @throws {NotFoundError}
 */
export async function showGraph(ctx: Ctx, query: ShowGraphQuery & { face: string }): Promise<GraphPage> {
  const { id: faceId } = await requireReadableFace(ctx, query.face);
  const { limit, component = null, cursor = null } = query;
  const rows = await graphPrimitives(ctx.db, { faceId, component, cursor, take: limit + 1 });
  const primitives = rows.slice(0, limit);
  const last = primitives.at(-1);
  if (last === undefined) return { data: { nodes: [], edges: [] }, has_more: false, next_cursor: null };
  const ids = primitives.map(({ id }) => id);
  const [links, touched] = await Promise.all([
    primitiveEdges(ctx.db, { faceId, component, ids, last: last.id }),
    touchedBy(ctx.db, ids, query.kind),
  ]);
  const nodes: GraphNodeView[] = primitives.map(({ statement, ...node }) => ({
    ...node,
    kind: "primitive",
    label: statement,
  }));
  return {
    data: { nodes: [...nodes, ...touched.nodes], edges: [...links, ...touched.edges] },
    has_more: rows.length > limit,
    next_cursor: rows.length > limit ? last.id : null,
  };
}

/** The concepts and spans that primitives touch, with the edges to them. @param kinds of nodes; all unless said */
export async function touchedBy(db: Db, ids: string[], kinds: readonly NodeKind[] | undefined): Promise<GraphView> {
  const wanted = (kind: NodeKind) => kinds === undefined || kinds.includes(kind);
  const [about, support] = await Promise.all([
    conceptsOf(db, ids, (["person", "place", "topic"] as const).filter(wanted)),
    wanted("span") ? spansOf(db, ids) : [],
  ]);
  return {
    nodes: [...conceptNodes(about), ...spanNodes(support)],
    edges: [...about.map(toAboutEdge), ...support.map(toSupportEdge)],
  };
}

function conceptNodes(rows: AboutRow[]): GraphNodeView[] {
  const byId = new Map(rows.map(({ id, kind, name, weight }) => [id, { id, kind, label: name, weight }]));
  return [...byId.values()];
}

function spanNodes(rows: SupportRow[]): GraphNodeView[] {
  return [...Map.groupBy(rows, ({ id }) => id)].map(([id, held]) => ({
    id,
    kind: "span",
    label: held[0]?.label ?? "",
    weight: held.length,
  }));
}

function toAboutEdge({ id, primitive }: AboutRow): GraphEdgeView {
  return { from: primitive, to: id, kind: "about", weight: 1 };
}

function toSupportEdge({ id, primitive, overlap }: SupportRow): GraphEdgeView {
  return { from: id, to: primitive, kind: "supports", weight: Math.round(overlap * 100) / 100 };
}
