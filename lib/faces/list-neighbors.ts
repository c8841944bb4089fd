import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import { limitedFaces, requireReadableFace } from "./require-face";
import { aspects, comparedColumns, NamedFace, readDirections, Similarity, similarityOf, toNamed } from "./similarity";

/** `GET /v1/faces/{face}/neighbors?k=&component=&direction=`. */
export const ListNeighborsQuery = z.object({
  k: z.coerce.number().int("must be a whole number").min(1).max(20).default(5),
  component: z.enum(aspects).default("face"),
  direction: z.enum(["nearest", "furthest"]).default("nearest"),
});
export type ListNeighborsQuery = z.infer<typeof ListNeighborsQuery>;

export const Neighbors = z.object({
  face: NamedFace,
  component: z.enum(aspects),
  direction: z.enum(["nearest", "furthest"]),
  neighbors: z.array(NamedFace.extend({ similarity: Similarity })),
});
export type Neighbors = z.infer<typeof Neighbors>;

/**
 * The caller's own faces that are most, or least, like one of them in a component. A face that has nothing in it is
 * neither near nor far, and is left out.
 *
 * @throws {NotFoundError} | {ForbiddenError} as `requireReadableFace`
 */
export async function listNeighbors(
  ctx: Ctx,
  { face: ref, k, component, direction }: ListNeighborsQuery & { face: string },
): Promise<Neighbors> {
  const face = await requireReadableFace(ctx, ref);
  const others = await ctx.db.face.findMany({
    where: { accountId: ctx.actor.accountId, id: { not: face.id }, AND: limitedFaces(ctx) ?? {} },
    select: comparedColumns,
  });
  const directions = await readDirections(ctx.db, [face, ...others]);
  const own = directions.get(face.id);
  const sign = direction === "nearest" ? -1 : 1;
  const ranked = others
    .flatMap((other) => {
      const its = directions.get(other.id);
      if (own === undefined || its === undefined) return [];
      const similarity = similarityOf(own, its);
      const cosine = similarity[component];
      return cosine === null ? [] : [{ cosine, neighbor: { ...toNamed(other), similarity } }];
    })
    .sort((a, b) => sign * (a.cosine - b.cosine) || (a.neighbor.username < b.neighbor.username ? -1 : 1));
  return {
    face: toNamed(face),
    component,
    direction,
    neighbors: ranked.slice(0, k).map(({ neighbor }) => neighbor),
  };
}
