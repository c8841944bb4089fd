import type { Ctx } from "@/lib/auth/context";
import type { Component } from "@/lib/compile/grammar";
import type { GraphEdgeView, GraphNodeView, ShowGraphQuery } from "@/lib/compile/graph-view";
import { type GraphPage, showGraph, touchedBy } from "@/lib/compile/show-graph";
import type { Db } from "@/lib/db/client";
import { compositionOf, type Member } from "@/lib/faces/composition";
import { isComposite } from "@/lib/faces/parts";
import { requireReadableFace } from "@/lib/faces/require-face";
import { pageBehind } from "./list-composed-primitives";

/**
 * A page of a face's graph, as `showGraph` has it. Of a composite those primitives that its formula keeps, with what
 * they touch in the graphs of their parts. Four queries, however large the page.
 *
 * @throws {NotFoundError}
 */
export async function showFaceGraph(ctx: Ctx, query: ShowGraphQuery & { face: string }): Promise<GraphPage> {
  const face = await requireReadableFace(ctx, query.face);
  if (!isComposite(face)) return showGraph(ctx, query);
  const { members } = await compositionOf(ctx.db, face);
  const wanted = members.filter(({ component }) => query.component === undefined || component === query.component);
  const { page, shown, nextCursor } = pageBehind(wanted, query);
  const [nodes, links, touched] = await Promise.all([
    primitiveNodes(ctx.db, page),
    edgesAmong(ctx.db, page, shown),
    touchedBy(ctx.db, allIds(page), query.kind),
  ]);
  const memberOf = new Map(page.flatMap(({ id, also }) => also.map((other) => [other, id])));
  const nameOf = (id: string) => memberOf.get(id) ?? id;
  return {
    data: {
      nodes: [...nodes, ...touched.nodes],
      edges: [...links, ...touched.edges.map((edge) => ({ ...edge, from: nameOf(edge.from), to: nameOf(edge.to) }))],
    },
    has_more: nextCursor !== null,
    next_cursor: nextCursor,
  };
}

/** With those that say the same: what they touch is the member's too. */
function allIds(page: readonly Member[]): string[] {
  return page.flatMap(({ id, also }) => [id, ...also]);
}

async function primitiveNodes(db: Db, page: readonly Member[]): Promise<GraphNodeView[]> {
  const rows = await db.primitive.findMany({
    where: { id: { in: allIds(page) } },
    select: { id: true, statement: true, editedText: true, _count: { select: { statements: true } } },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return page.flatMap(({ id, also, component, confidence, state }) => {
    const row = byId.get(id);
    if (row === undefined) return [];
    const weight = [id, ...also].reduce((sum, each) => sum + (byId.get(each)?._count.statements ?? 0), 0);
    const label = row.editedText ?? row.statement;
    return [{ id, kind: "primitive", label, component: component as Component, confidence, state, weight }];
  });
}

/** One end on this page, the other here or on a page before. */
async function edgesAmong(db: Db, page: readonly Member[], shown: readonly Member[]): Promise<GraphEdgeView[]> {
  const here = page.map(({ id }) => id);
  const all = shown.map(({ id }) => id);
  return db.$queryRaw<GraphEdgeView[]>`
    SELECT from_id AS "from", to_id AS "to", kind, weight FROM edges
    WHERE kind IN ('tension', 'neighbour') AND from_id = ANY(${here}) AND to_id = ANY(${all})
    UNION
    SELECT from_id, to_id, kind, weight FROM edges
    WHERE kind IN ('tension', 'neighbour') AND from_id = ANY(${all}) AND to_id = ANY(${here})
    ORDER BY 1, 2`;
}
