import type { Ctx } from "@/lib/auth/context";
import type { Db } from "@/lib/db/client";
import { release } from "@/lib/billing/reservations";
import { transaction } from "@/lib/db/transaction";
import { NotFoundError } from "@/lib/errors";
import { cancelJobs } from "@/lib/jobs/queue";
import { makePortraitsName } from "./make-progress";
import { tidyLater } from "./make-tidy.job";
import { requireTune } from "./tune-access";
import { sweepSoon } from "./update-tune";

/**
 * Deletes a tune: its photos, what was measured of them, all that was made of the person, and its copies elsewhere.
 *
 * @throws {NotFoundError}
 */
export async function deleteTune(ctx: Ctx, ref: string): Promise<{ id: number; deleted: true }> {
  const { id } = await requireTune(ctx, ref);
  if (!(await removeTune(ctx.db, id))) throw new NotFoundError("The tune");
  await sweepSoon(ctx);
  return { id, deleted: true };
}

/**
 * Deletes a tune whoever it belongs to, with its prompts: what is being made is stopped and costs nothing.
 *
 * @returns false when it was gone already
 */
export function removeTune(db: Db, id: number): Promise<boolean> {
  return transaction(db, async (tx) => {
    await tx.$queryRaw`SELECT id FROM tunes WHERE id = ${id} FOR UPDATE`;
    const prompts = await tx.prompt.findMany({
      where: { references: { some: { tuneId: id } } },
      select: { id: true, engine: true, engineMemory: true, reservationId: true },
      orderBy: { id: "asc" },
    });
    for (const { id: promptId, engine, engineMemory, reservationId } of prompts) {
      if (reservationId !== null) await release(tx, reservationId);
      await tidyLater(tx, { promptId, engine, memory: engineMemory });
    }
    // a trigger takes the prompts along
    const { count } = await tx.tune.deleteMany({ where: { id } });
    for (const prompt of prompts) await cancelJobs(tx, { name: makePortraitsName, key: String(prompt.id) });
    return count > 0;
  });
}
