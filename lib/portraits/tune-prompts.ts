import type { Ctx } from "@/lib/auth/context";
import { transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import type { JsonObject } from "@/lib/json";
import { announce } from "./callback";
import { placeOrder } from "./place-order";
import { prepareOrder } from "./prepare-order";
import type { TuneRow } from "./tune-access";

/**
 * Places the prompts that came with a new tune: all of them, or the tune goes again.
 *
 * @throws {AppError} of the first that cannot be placed, its field with `prompts_attributes` before it
 */
export async function placePrompts(ctx: Ctx, tune: TuneRow, prompts: readonly JsonObject[]): Promise<void> {
  try {
    // all are looked at before any costs anything
    const prepared = [];
    for (const [at, fields] of prompts.entries())
      prepared.push(await named(at, () => prepareOrder(ctx, tune.id, fields)));
    for (const [at, order] of prepared.entries()) await named(at, () => placeOrder(ctx, order));
    const { accountId, id, callback } = tune;
    await transaction(ctx.db, (tx) => announce(tx, { accountId, kind: "tune", subjectId: id, url: callback }));
  } catch (error) {
    await ctx.db.tune.deleteMany({ where: { id: tune.id } });
    throw error;
  }
}

async function named<T>(at: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.param === null) throw error;
    const param = error.param.replace(/^prompt\b/u, `tune.prompts_attributes.${at}`);
    const { retryAfterSeconds } = error;
    const options = { param, cause: error, ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }) };
    throw new AppError(error.code, error.message, options);
  }
}
