import type { Ctx } from "@/lib/auth/context";
import { usdFromMicroUsd } from "@/lib/billing/money";
import { NotFoundError } from "@/lib/errors";

/** Why an answer was given. Traces of others answer like missing ones. @throws {NotFoundError} */
export async function findTrace(ctx: Ctx, id: string) {
  const trace = await ctx.db.trace.findFirst({ where: { id, accountId: ctx.actor.accountId } });
  if (trace === null) throw new NotFoundError("The trace");
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
