import type { Ctx } from "@/lib/auth/context";
import { toPrimitiveView, withSources } from "@/lib/compile/primitive-view";
import type { PrimitiveView } from "@/lib/compile/schemas";
import { NotFoundError } from "@/lib/errors";
import { compositionOf } from "@/lib/faces/composition";
import { isComposite } from "@/lib/faces/parts";
import { requireReadableFace } from "@/lib/faces/require-face";
import { composedViews } from "./list-composed-primitives";

/** One primitive of a face with the sentences it rests on; of a composite, one that its formula keeps. @throws {NotFoundError} */
export async function showFacePrimitive(
  ctx: Ctx,
  { face: ref, primitive: id }: { face: string; primitive: string },
): Promise<PrimitiveView> {
  const face = await requireReadableFace(ctx, ref);
  if (!isComposite(face)) {
    const row = await ctx.db.primitive.findFirst({ where: { id, faceId: face.id }, include: withSources });
    if (row === null) throw new NotFoundError("The primitive");
    return toPrimitiveView(row);
  }
  const { members } = await compositionOf(ctx.db, face);
  const page = members.filter((member) => member.id === id);
  const [view] = await composedViews(ctx.db, page, members);
  if (view === undefined) throw new NotFoundError("The primitive");
  return view;
}
