import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import { type Component, components } from "@/lib/compile/grammar";
import { listPrimitives, type ListPrimitivesQuery, primitiveConditions } from "@/lib/compile/list-primitives";
import { toPrimitiveView, withSources } from "@/lib/compile/primitive-view";
import { PrimitiveView } from "@/lib/compile/schemas";
import type { Db } from "@/lib/db/client";
import { compositionOf, type Member } from "@/lib/faces/composition";
import { type Composite, contributors, isComposite } from "@/lib/faces/parts";
import { requireReadableFace } from "@/lib/faces/require-face";
import { Page } from "@/lib/http/page";

/** A primitive of a composite: `face_id` is the part in which it is changed, the quotes are those of all who say it. */
export const ComposedPrimitiveView = PrimitiveView.extend({ face_id: z.string() });
export type ComposedPrimitiveView = z.infer<typeof ComposedPrimitiveView>;

/**
 * A face's primitives with the sentences they rest on: pinned first, then by confidence. Those of a composite are what
 * its formula keeps of its parts' primitives.
 *
 * @throws {NotFoundError}
 */
export async function listFacePrimitives(
  ctx: Ctx,
  query: ListPrimitivesQuery & { face: string },
): Promise<Page<PrimitiveView | ComposedPrimitiveView>> {
  const face = await requireReadableFace(ctx, query.face);
  if (!isComposite(face)) return listPrimitives(ctx, query);
  const { members } = await compositionOf(ctx.db, face);
  const matching = await findMatching(ctx.db, face, query);
  const fitting = members.filter(
    ({ id, also, component, state, confidence }) =>
      (query.component === undefined || component === query.component) &&
      (query.state === undefined || state === query.state) &&
      confidence >= (query.min_confidence ?? 0) &&
      (matching === null || matching.has(id) || also.some((other) => matching.has(other))),
  );
  const wanted = query.order === "ring" ? fitting.toSorted((a, b) => ringOf(a) - ringOf(b)) : fitting;
  const { page, nextCursor } = pageBehind(wanted, query);
  return new Page(await composedViews(ctx.db, page, members), nextCursor);
}

/**
 * The page behind a cursor, and all that is shown with it at its end. Behind a cursor that stands no more in the list
 * nothing follows.
 */
export function pageBehind(
  list: readonly Member[],
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): { page: Member[]; shown: Member[]; nextCursor: string | null } {
  const found = cursor === undefined ? -1 : list.findIndex(({ id }) => id === cursor);
  const from = cursor !== undefined && found === -1 ? list.length : found + 1;
  const page = list.slice(from, from + limit);
  const hasMore = list.length > from + limit;
  return { page, shown: list.slice(0, from + limit), nextCursor: hasMore ? (page.at(-1)?.id ?? null) : null };
}

const ringOf = ({ component }: Member): number => components.indexOf(component as Component);

/** Ids of the parts' primitives that fit what only their rows tell; null: nothing of it was asked for. */
async function findMatching(db: Db, face: Composite, query: ListPrimitivesQuery): Promise<Set<string> | null> {
  const { q, document, predicate, pinned, edited, tension } = query;
  const all = primitiveConditions({ q, document, predicate, pinned, edited, tension });
  if (all.length === 0) return null;
  const where = { faceId: { in: contributors(face) }, AND: all };
  const rows = await db.primitive.findMany({ where, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

/** One query, however many say what the members say. Of its tensions those stand that are in the composite. */
export async function composedViews(
  db: Db,
  page: readonly Member[],
  members: readonly Member[],
): Promise<ComposedPrimitiveView[]> {
  const ids = page.flatMap(({ id, also }) => [id, ...also]);
  const rows = await db.primitive.findMany({ where: { id: { in: ids } }, include: withSources });
  const views = new Map(rows.map((row) => [row.id, toPrimitiveView(row)]));
  const isMember = new Set(members.map(({ id }) => id));
  return page.flatMap(({ id, faceId, also, confidence, state }) => {
    const view = views.get(id);
    if (view === undefined) return [];
    const others = also.flatMap((other) => views.get(other)?.provenance ?? []);
    return [
      {
        ...view,
        face_id: faceId,
        confidence,
        state,
        provenance: [...view.provenance, ...others],
        tensions: view.tensions.filter((tension) => isMember.has(tension.id)),
      },
    ];
  });
}
