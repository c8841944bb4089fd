import { holdPortraits, portraitCost, prolongPortraits, settlePortraits } from "@/lib/billing/charge-portraits";
import { release } from "@/lib/billing/reservations";
import type { Prisma, Transaction } from "@/lib/db/client";
import { Prisma as Sql } from "@/lib/db/generated/client";
import type { JobContext } from "@/lib/jobs/define-job";
import { announce } from "./callback";
import { engineOf } from "./engines";
import type { OrderRow } from "./make-order";
import type { Piece } from "./make-pieces";
import { lockOrder } from "./make-progress";
import { keepRemoteId } from "./make-remote";
import { tidyLater } from "./make-tidy.job";
import { ignoredFlags } from "./prepare-order";
import { toldOf } from "./prompt-view";
import { readTokens } from "./tokens";
import { keepObjects } from "./tune-orphans";

/**
 * The money that was held when the order was placed, if it still is; else it is held anew. An order that ended meanwhile
 * holds nothing.
 *
 * @throws {AppError} `insufficient_credits`, `budget_exceeded`, `account_frozen`
 */
export async function holdAgain(job: JobContext, order: OrderRow): Promise<string | null> {
  const { id, reservationId, accountId, apiKeyId } = order;
  if (reservationId === null || (await prolongPortraits(job.db, reservationId))) return reservationId;
  return job.transaction(async (tx) => {
    if ((await lockOrder(tx, id))?.status !== "running") return null;
    const held = await holdPortraits(tx, { accountId, apiKeyId }, costOf(order, order.count));
    await tx.prompt.updateMany({ where: { id }, data: { reservationId: held } });
    return held;
  });
}

/** What so many of its images cost, with the markup. */
function costOf(order: OrderRow, count: number): bigint {
  const engine = order.isMock ? null : engineOf(order.engine);
  return engine === null ? 0n : portraitCost(engine.costMicroUsd({ count, width: order.width, height: order.height }));
}

type Done = { order: OrderRow; pieces: Piece[]; reservationId: string | null };

/**
 * Ends an order that was made, all in one: its portraits, the charge, what was understood, its callback. An order that
 * was cancelled or deleted meanwhile stays so, costs nothing, and its files go.
 */
export async function saveMade(job: JobContext, { order, pieces, reservationId }: Done): Promise<void> {
  const images = pieces.flatMap((piece) => piece.images);
  await job.transaction(async (tx) => {
    const { id, accountId, apiKeyId, engine, callback } = order;
    const current = await lockOrder(tx, id);
    if (current?.status !== "running") {
      if (reservationId !== null) await release(tx, reservationId);
      // deleted with its face: nobody else knows what is left of it elsewhere
      if (current === null) await tidyLater(tx, { promptId: id, engine, memory: order.engineMemory });
      return;
    }
    const costMicroUsd = costOf(order, images.length);
    await tx.portrait.createMany({
      data: images.map((image, position) => ({ ...image, seed: BigInt(image.seed), position, promptId: id })),
    });
    await keepObjects(
      tx,
      images.map(({ storageKey }) => storageKey),
    );
    await tx.prompt.update({ where: { id }, data: { ...endOf(order, pieces), costMicroUsd } });
    await keepRemoteIds(tx, engine, pieces);
    if (!order.isMock) {
      const faceId = order.references[0]?.tune.faceId ?? null;
      await settlePortraits(tx, {
        accountId,
        apiKeyId,
        promptId: id,
        faceId,
        model: engine,
        costMicroUsd,
        reservationId,
      });
    }
    await tidyLater(tx, { promptId: id, engine, memory: current.engineMemory });
    await announce(tx, { accountId, kind: "prompt", subjectId: id, url: callback });
  });
}

/** All pieces are of one text: what was understood in one was in all. */
function endOf(order: OrderRow, pieces: Piece[]): Prisma.PromptUpdateInput {
  const [first] = pieces.flatMap(({ images }) => images);
  const told = toldOf(order);
  const each = <T>(of: (piece: Piece) => T[]) => uniqueByJson(pieces.flatMap(of));
  return {
    // an image that was changed keeps its own size, which nobody knew before
    ...(order.inputKey === null || first === undefined ? {} : { width: first.width, height: first.height }),
    status: "done",
    endedAt: new Date(),
    understood: each(({ understood }) => understood),
    ignored: [...ignoredFlags(readTokens(order.text)), ...each(({ ignored }) => ignored)],
    notes: uniqueByJson([...told.notes, ...each(({ notes }) => notes)]),
    engineMemory: Sql.DbNull,
    reservationId: null,
  };
}

function uniqueByJson<T>(values: T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

async function keepRemoteIds(tx: Transaction, engine: string, pieces: Piece[]): Promise<void> {
  const ids = new Map(pieces.flatMap(({ remoteIds }) => Object.entries(remoteIds)));
  for (const [tuneId, remoteId] of ids) await keepRemoteId(tx, { tuneId: Number(tuneId), engine, remoteId });
}
