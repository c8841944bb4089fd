import type { Ctx } from "@/lib/auth/context";
import { transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import type { JsonObject } from "@/lib/json";
import { announce } from "./callback";
import type { Fetch } from "./order-image";
import { placeOrder } from "./place-order";
import { removeTune } from "./delete-tune";
import { type PreparedOrder, prepareOrder } from "./prepare-order";
import type { TuneRow } from "./tune-access";

const megabyte = 1024 * 1024;
const mostImageMb = 60;

/**
 * Places the prompts that came with a new tune: all of them, or the tune goes again.
 *
 * @throws {AppError} of the first that cannot be placed, its field with `prompts_attributes` before it
 */
export async function placePrompts(
  ctx: Ctx,
  tune: TuneRow,
  prompts: readonly JsonObject[],
  fetch?: Fetch,
): Promise<void> {
  try {
    // all are looked at before any costs anything
    const prepared: PreparedOrder[] = [];
    for (const [at, fields] of prompts.entries()) {
      prepared.push(await named(at, () => prepareOrder(ctx, tune.id, fields, fetch)));
      requireLight(prepared);
    }
    for (const [at, order] of prepared.entries()) await named(at, () => placeOrder(ctx, order));
    const { accountId, id, callback } = tune;
    await transaction(ctx.db, (tx) => announce(tx, { accountId, kind: "tune", subjectId: id, url: callback }));
  } catch (error) {
    // also those that were placed already, with the money they hold
    await removeTune(ctx.db, tune.id);
    throw error;
  }
}

/** Images of all prompts are in memory at once. @throws {AppError} `too_large` */
function requireLight(prepared: readonly PreparedOrder[]): void {
  const sizes = prepared.flatMap(({ input, mask }) => [input?.bytes.byteLength ?? 0, mask?.bytes.byteLength ?? 0]);
  if (sizes.reduce((sum, size) => sum + size, 0) <= mostImageMb * megabyte) return;
  const sentence = `The images of the prompts are larger than ${mostImageMb} MB together. Send these prompts one by one.`;
  throw new AppError("too_large", sentence, { param: "tune.prompts_attributes" });
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
