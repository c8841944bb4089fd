import type { Ctx } from "@/lib/auth/context";
import { countedPrimitives, tally } from "@/lib/compile/count-primitives";
import type { PrimitiveFilter } from "@/lib/compile/list-primitives";
import type { PrimitiveCounts } from "@/lib/compile/schemas";
import { compositionOf } from "@/lib/faces/composition";
import { contributors, isComposite } from "@/lib/faces/parts";
import { requireReadableFace } from "@/lib/faces/require-face";

/** How many primitives fit a filter, and how many each other choice would leave. @throws {NotFoundError} */
export async function countFacePrimitives(
  ctx: Ctx,
  { face: ref, ...filter }: PrimitiveFilter & { face: string },
): Promise<PrimitiveCounts> {
  const face = await requireReadableFace(ctx, ref);
  if (!isComposite(face)) return tally(await countedPrimitives(ctx.db, { faceId: face.id }, filter), filter);
  const { min_confidence: least = 0, ...words } = filter;
  const { members } = await compositionOf(ctx.db, face);
  const rows = await countedPrimitives(ctx.db, { faceId: { in: contributors(face) } }, words);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const found = members.flatMap(({ id, also, component, state, confidence }) => {
    const row = [id, ...also].flatMap((each) => byId.get(each) ?? [])[0];
    return row === undefined || confidence < least ? [] : [{ ...row, component, state }];
  });
  return tally(found, filter);
}
