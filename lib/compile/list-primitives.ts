import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import type { Db, Prisma } from "@/lib/db/client";
import { requireReadableFace } from "@/lib/faces/require-face";
import { Page, PageQuery } from "@/lib/http/page";
import { type Component, components, kinds } from "./grammar";
import { toPrimitiveView, withSources } from "./primitive-view";
import type { PrimitiveView } from "./schemas";

const predicates = kinds.map(({ predicate }) => predicate);

/** Which primitives: what is not named is not asked for. */
export const PrimitiveFilter = z.object({
  component: z.enum(components).optional(),
  predicate: z.enum(predicates).optional(),
  /** words of the statement or of a sentence it rests on */
  q: z.string().trim().max(200).optional(),
  document: z.string().max(64).optional(),
  state: z.enum(["active", "draft", "disabled"]).optional(),
  /** at least this sure, 0–1 */
  min_confidence: z.coerce.number().min(0).max(1).optional(),
  pinned: z.stringbool().optional(),
  edited: z.stringbool().optional(),
  /** in tension with another one, or with none */
  tension: z.stringbool().optional(),
});
export type PrimitiveFilter = z.infer<typeof PrimitiveFilter>;

/** `GET …/primitives?component=&q=&document=&state=…`; by `ring` they come component by component. */
export const ListPrimitivesQuery = PageQuery.extend({
  ...PrimitiveFilter.shape,
  order: z.enum(["surest", "ring"]).optional(),
});
export type ListPrimitivesQuery = z.infer<typeof ListPrimitivesQuery>;

type PrimitiveRow = Prisma.PrimitiveGetPayload<{ include: typeof withSources }>;

/** A face's primitives with the sentences they rest on: pinned first, then by confidence. @throws {NotFoundError} */
export async function listPrimitives(
  ctx: Ctx,
  { face, limit, cursor, order, ...filter }: ListPrimitivesQuery & { face: string },
): Promise<Page<PrimitiveView>> {
  const { id: faceId } = await requireReadableFace(ctx, face);
  const byRing = order === "ring" && filter.component === undefined;
  const rings = byRing ? await ringsFrom(ctx.db, faceId, cursor) : [filter.component];
  const rows: PrimitiveRow[] = [];
  for (const [at, component] of rings.entries()) {
    if (rows.length > limit) break;
    const more = await ctx.db.primitive.findMany({
      where: { faceId, AND: primitiveConditions({ ...filter, component }) },
      orderBy: [{ isPinned: "desc" }, { confidence: "desc" }, { id: "asc" }],
      ...(cursor === undefined || at > 0 ? {} : { cursor: { id: cursor }, skip: 1 }),
      take: limit + 1 - rows.length,
      include: withSources,
    });
    rows.push(...more);
  }
  return Page.of(rows, limit, toPrimitiveView);
}

/** The components that follow a cursor, its own among them. */
async function ringsFrom(db: Db, faceId: string, cursor: string | undefined): Promise<Component[]> {
  if (cursor === undefined) return [...components];
  const row = await db.primitive.findFirst({
    where: { id: cursor, faceId },
    select: { component: true, editedComponent: true },
  });
  const ring = components.indexOf((row?.editedComponent ?? row?.component) as Component);
  return ring === -1 ? [] : components.slice(ring);
}

/** As `withOverride` has it: no draft any more. */
const reviewed: Prisma.PrimitiveWhereInput[] = [
  { isPinned: true },
  { isAccepted: true },
  { editedText: { not: null } },
  { editedComponent: { not: null } },
];
const edited: Prisma.PrimitiveWhereInput = {
  OR: [{ editedText: { not: null } }, { editedComponent: { not: null } }],
};
const inTension: Prisma.PrimitiveWhereInput = {
  OR: [{ edgesOut: { some: { kind: "tension" } } }, { edgesIn: { some: { kind: "tension" } } }],
};
/** An owner's word over the computed one. */
const either = (own: "editedComponent" | "editedPredicate", computed: "component" | "predicate", value: string) => ({
  OR: [{ [own]: value }, { [own]: null, [computed]: value }],
});

/** The filter as conditions on the rows of a face. */
export function primitiveConditions(filter: PrimitiveFilter): Prisma.PrimitiveWhereInput[] {
  const { component, predicate, q, document, state, min_confidence: least } = filter;
  const all: Prisma.PrimitiveWhereInput[] = [];
  if (component !== undefined) all.push(either("editedComponent", "component", component));
  if (predicate !== undefined) all.push(either("editedPredicate", "predicate", predicate));
  if (q) {
    const contains = { contains: q.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" as const };
    all.push({
      OR: [{ editedText: contains }, { statement: contains }, { statements: { some: { quote: contains } } }],
    });
  }
  if (document !== undefined) all.push({ statements: { some: { documentId: document } } });
  if (state === "disabled") all.push({ isDisabled: true });
  if (state === "active") all.push({ isDisabled: false, OR: [{ state }, ...reviewed] });
  if (state === "draft") all.push({ isDisabled: false, state, NOT: { OR: reviewed } });
  if (least !== undefined) all.push({ confidence: { gte: least } });
  if (filter.pinned !== undefined) all.push({ isPinned: filter.pinned });
  if (filter.edited !== undefined) all.push(filter.edited ? edited : { NOT: edited });
  if (filter.tension !== undefined) all.push(filter.tension ? inTension : { NOT: inTension });
  return all;
}
