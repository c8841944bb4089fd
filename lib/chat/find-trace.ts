import type { Ctx } from "@/lib/auth/context";
import { usdFromMicroUsd } from "@/lib/billing/money";
import { NotFoundError } from "@/lib/errors";
import { limitedFaces } from "@/lib/faces/require-face";

/** Why an answer was given. Traces of others answer like missing ones. @throws {NotFoundError} */
export async function findTrace(ctx: Ctx, id: string) {
  const trace = await ctx.db.trace.findFirst({ where: { id, accountId: ctx.actor.accountId } });
  if (trace === null) throw new NotFoundError("The trace");
  await requireFaceOfTrace(ctx, trace.faceId);
  return {
    id: trace.id,
    face_id: trace.faceId,
    version: trace.faceVersion,
    model: trace.model,
    items: trace.items,
    tokens: trace.tokens,
    cost_usd: usdFromMicroUsd(trace.costMicroUsd),
    timings: trace.timings,
    created_at: trace.createdAt.toISOString(),
  };
}

/** A key that is limited to some faces sees the traces of these only. */
async function requireFaceOfTrace(ctx: Ctx, faceId: string | null): Promise<void> {
  const allowed = limitedFaces(ctx);
  if (allowed === null) return;
  const face = faceId === null ? null : await ctx.db.face.findFirst({ where: { id: faceId, AND: allowed } });
  if (face === null) throw new NotFoundError("The trace");
}
