import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import type { Prisma } from "@/lib/db/client";
import { requireReadableFace } from "@/lib/faces/require-face";
import { Page, PageQuery } from "@/lib/http/page";
import { components } from "./grammar";
import { toPrimitiveView, withSources } from "./primitive-view";
import type { PrimitiveView } from "./schemas";

/** `GET …/primitives?component=&q=&document=&state=`. */
export const ListPrimitivesQuery = PageQuery.extend({
  component: z.enum(components).optional(),
  q: z.string().trim().max(200).optional(),
  document: z.string().max(64).optional(),
  state: z.enum(["active", "draft", "disabled"]).optional(),
});
export type ListPrimitivesQuery = z.infer<typeof ListPrimitivesQuery>;

/** A face's primitives with the sentences they rest on: pinned first, then by confidence. @throws {NotFoundError} */
export async function listPrimitives(
  ctx: Ctx,
  { face, limit, cursor, ...filter }: ListPrimitivesQuery & { face: string },
): Promise<Page<PrimitiveView>> {
  const { id: faceId } = await requireReadableFace(ctx, face);
  const rows = await ctx.db.primitive.findMany({
    where: { faceId, AND: conditions(filter) },
    orderBy: [{ isPinned: "desc" }, { confidence: "desc" }, { id: "asc" }],
    ...(cursor === undefined ? {} : { cursor: { id: cursor }, skip: 1 }),
    take: limit + 1,
    include: withSources,
  });
  return Page.of(rows, limit, toPrimitiveView);
}

/** As `withOverride` has it: no draft any more. */
const reviewed: Prisma.PrimitiveWhereInput[] = [
  { isPinned: true },
  { isAccepted: true },
  { editedText: { not: null } },
  { editedComponent: { not: null } },
];

function conditions(filter: Omit<ListPrimitivesQuery, "limit" | "cursor">): Prisma.PrimitiveWhereInput[] {
  const { component, q, document, state } = filter;
  const all: Prisma.PrimitiveWhereInput[] = [];
  if (component !== undefined) {
    all.push({ OR: [{ editedComponent: component }, { editedComponent: null, component }] });
  }
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
  return all;
}
