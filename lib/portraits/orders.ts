import type { Ctx } from "@/lib/auth/context";
import { transaction } from "@/lib/db/transaction";
import { AppError, NotFoundError } from "@/lib/errors";
import { requireFace } from "@/lib/faces/require-face";
import { Page } from "@/lib/http/page";
import { cancelJobs } from "@/lib/jobs/queue";
import { deletePrompt, requirePrompt } from "./list-prompts";
import { requirePortrait } from "./list-portraits";
import { endUnmade } from "./make-portraits.job";
import { makePortraitsName } from "./make-progress";
import { toOrderView, toOrderViews } from "./order-view";
import { placeOrder } from "./place-order";
import type { OrderInput, OrdersQuery, OrderView } from "./portrait-schemas";
import { visiblePrompts, withPeople } from "./portrait-view";
import { type PreparedOrder, prepareOrder } from "./prepare-order";
import { PromptOptions } from "./prompt-schemas";

/** Orders of pages stand under no tune of their own: Astria's base models begin at 1. */
const noTune = 0;

/**
 * Places an order as pages do.
 *
 * @throws {AppError} as `prepareOrder` and `placeOrder`
 */
export async function orderPortraits(ctx: Ctx, input: OrderInput): Promise<OrderView> {
  return place(ctx, await prepareOrder(ctx, noTune, input));
}

async function place(ctx: Ctx, order: PreparedOrder): Promise<OrderView> {
  const firstTune = order.people[0]?.tune.id ?? order.tuneId;
  const { id } = await placeOrder(ctx, { ...order, tuneId: order.tuneId === noTune ? firstTune : order.tuneId });
  return readOrder(ctx, String(id));
}

/**
 * Orders of the caller with how far they are, newest first.
 *
 * @throws {NotFoundError} the face that is asked for
 */
export async function listOrders(ctx: Ctx, { face, limit, cursor }: OrdersQuery): Promise<Page<OrderView>> {
  const faceId = face === undefined ? undefined : (await requireFace(ctx, face)).id;
  const rows = await ctx.db.prompt.findMany({
    where: {
      AND: [
        visiblePrompts(ctx),
        faceId === undefined ? {} : { references: { some: { tune: { faceId } } } },
        cursor === undefined ? {} : { id: { lt: Math.min(Number(cursor), 2 ** 31 - 1) } },
      ],
    },
    orderBy: { id: "desc" },
    take: limit + 1,
    include: withPeople,
  });
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return new Page(await toOrderViews(ctx.db, rows.slice(0, limit)), last === undefined ? null : String(last.id));
}

/** @throws {NotFoundError} missing, or somebody else's */
export async function readOrder(ctx: Ctx, order: string): Promise<OrderView> {
  const { id } = await requirePrompt(ctx, { prompt: order });
  const row = await ctx.db.prompt.findUnique({ where: { id }, include: withPeople });
  if (row === null) throw new NotFoundError("The order");
  return toOrderView(ctx.db, row);
}

/**
 * Stops an order that waits or is being made: nothing is stored of it and nothing charged. Stopped twice is stopped.
 *
 * @throws {NotFoundError}; {AppError} `conflict` it has ended otherwise already
 */
export async function cancelOrder(ctx: Ctx, order: string): Promise<OrderView> {
  const { id } = await requirePrompt(ctx, { prompt: order });
  await transaction(ctx.db, async (tx) => {
    await endUnmade(tx, id, "cancelled", "The order was cancelled.");
    await cancelJobs(tx, { name: makePortraitsName, key: String(id) });
  });
  const view = await readOrder(ctx, order);
  if (view.status === "cancelled") return view;
  throw new AppError("conflict", `Order ${id} has ended already: it is ${view.status}.`);
}

/** @throws {NotFoundError} */
export function deleteOrder(ctx: Ctx, order: string): Promise<{ id: number; deleted: true }> {
  return deletePrompt(ctx, { prompt: order });
}

/**
 * Orders one portrait again, larger: the same text, people, engine and seed. An engine that follows seeds makes the same
 * image.
 *
 * @throws {NotFoundError}; {AppError} `conflict` it is large already, or was made of an image; and as for any order
 */
export async function upscalePortrait(ctx: Ctx, id: string): Promise<OrderView> {
  const { prompt, seed } = await requirePortrait(ctx, id);
  const options = PromptOptions.parse(prompt.options);
  if (options.super_resolution) throw new AppError("conflict", "This portrait has been made larger already.");
  if (prompt.inputKey !== null) {
    throw new AppError("conflict", "This portrait was made of an image. Order it again with super_resolution instead.");
  }
  const order = await prepareOrder(ctx, prompt.tuneId, {
    ...{ text: prompt.text, negative_prompt: prompt.negativeText, engine: prompt.engine, num_images: 1 },
    ...{ w: prompt.width, h: prompt.height, seed: Number(seed) },
    ...{ ...options, aspect_ratio: undefined, super_resolution: true },
  });
  return place(ctx, order);
}
