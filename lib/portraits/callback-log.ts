import type { Ctx } from "@/lib/auth/context";
import type { Prisma } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { NotFoundError } from "@/lib/errors";
import { limitedFaces } from "@/lib/faces/require-face";
import { Page, type PageQuery } from "@/lib/http/page";
import { deliverCallback } from "./callback.job";
import { visibleTunes } from "./tune-access";
import type { DeliveryView } from "./tune-schemas";

type DeliveryRow = Prisma.CallbackDeliveryGetPayload<object>;

/** What callbacks were told and what they answered, the newest first. It is kept for thirty days. */
export async function listDeliveries(ctx: Ctx, { limit, cursor }: PageQuery): Promise<Page<DeliveryView>> {
  const where = { ...(await visibleDeliveries(ctx)), ...(cursor === undefined ? {} : { id: { lt: cursor } }) };
  const rows = await ctx.db.callbackDelivery.findMany({ where, orderBy: { id: "desc" }, take: limit + 1 });
  return Page.of(rows, limit, toDeliveryView);
}

/**
 * Tells a callback again, with what there is to tell now. One that waits for its turn has it at once.
 *
 * @throws {NotFoundError}
 */
export async function resendDelivery(ctx: Ctx, id: string): Promise<DeliveryView> {
  const where = { ...(await visibleDeliveries(ctx)), id };
  return transaction(ctx.db, async (tx) => {
    const row = await tx.callbackDelivery.findFirst({ where });
    if (row === null) throw new NotFoundError("The delivery");
    const data = { status: "waiting", error: null, deliveredAt: null };
    const waiting = await tx.callbackDelivery.update({ where: { id }, data });
    await deliverCallback.enqueue(tx, { deliveryId: id });
    return toDeliveryView(waiting);
  });
}

/** Those of the account; with a key that is limited to faces, those about tunes of them and what was made of these. */
async function visibleDeliveries(ctx: Ctx): Promise<Prisma.CallbackDeliveryWhereInput> {
  const { accountId } = ctx.actor;
  if (limitedFaces(ctx) === null) return { accountId };
  const tunes = await ctx.db.tune.findMany({ where: visibleTunes(ctx), select: { id: true } });
  const tuneIds = tunes.map(({ id }) => id);
  const prompts = await ctx.db.prompt.findMany({
    where: { accountId, references: { some: {}, every: { tuneId: { in: tuneIds } } } },
    select: { id: true },
  });
  const promptIds = prompts.map(({ id }) => id);
  return {
    accountId,
    OR: [
      { kind: "tune", subjectId: { in: tuneIds } },
      { kind: "prompt", subjectId: { in: promptIds } },
    ],
  };
}

function toDeliveryView(row: DeliveryRow): DeliveryView {
  return {
    id: row.id,
    kind: row.kind === "prompt" ? "prompt" : "tune",
    subject_id: row.subjectId,
    url: row.url,
    status: row.status as DeliveryView["status"],
    attempts: row.attempts,
    response_status: row.responseStatus,
    error: row.error,
    created_at: row.createdAt.toISOString(),
    delivered_at: row.deliveredAt?.toISOString() ?? null,
  };
}
