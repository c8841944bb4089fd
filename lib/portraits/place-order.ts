import type { Ctx } from "@/lib/auth/context";
import { holdPortraits } from "@/lib/billing/charge-portraits";
import type { Prisma, Transaction } from "@/lib/db/client";
import { isMissingReference, transaction } from "@/lib/db/transaction";
import { AppError, InvalidInputError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { store } from "@/lib/storage/store";
import type { ImageFile } from "./engine";
import { makePortraits } from "./make-portraits.job";
import type { PreparedOrder } from "./prepare-order";
import { touchTunes } from "./tune-access";
import { announceObject, keepObjects } from "./tune-orphans";

export type PromptRow = Prisma.PromptGetPayload<{ include: { references: true } }>;

/** So many orders of one account wait at once. */
export const mostWaiting = 20;
const retryAfterSeconds = 10;

/**
 * Places an order: its row, its people, the money that it may cost and the job that makes it, all or nothing.
 *
 * @throws {AppError} `rate_limited` too many wait already; `insufficient_credits`, `budget_exceeded`, `account_frozen`;
 *   {InvalidInputError} a person of it was deleted meanwhile
 */
export async function placeOrder(ctx: Ctx, order: PreparedOrder): Promise<PromptRow> {
  // before anything is stored for nothing; counted again where it counts
  await requireRoom(ctx.db, ctx.actor.accountId);
  const inputKey = await keepImage(ctx, order.input);
  const maskKey = await keepImage(ctx, order.mask);
  try {
    return await transaction(ctx.db, (tx) => insert(tx, ctx, order, { inputKey, maskKey }));
  } catch (error) {
    if (!isMissingReference(error)) throw error;
    throw new InvalidInputError("A person whom the text names was deleted meanwhile.", "prompt.text");
  }
}

type Keys = { inputKey: string | null; maskKey: string | null };

async function insert(tx: Transaction, ctx: Ctx, order: PreparedOrder, keys: Keys): Promise<PromptRow> {
  const { accountId, credential } = ctx.actor;
  const apiKeyId = credential.kind === "key" ? credential.keyId : null;
  // orders of one account are counted one after the other
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('portraits ' || ${accountId}, 0))::text`;
  await requireRoom(tx, accountId);
  const { people, engine, size, count, seed, ...told } = order;
  const row = await tx.prompt.create({
    data: {
      ...{ accountId, apiKeyId, tuneId: told.tuneId, text: told.text, negativeText: told.negativeText },
      ...{
        callback: told.callback,
        options: told.options,
        engine: engine.id,
        seed: BigInt(seed),
        count,
        ...size,
        ...keys,
      },
      ...{ isMock: told.isMock, notes: told.notes, understood: told.understood, ignored: told.ignored },
      reservationId: await holdPortraits(tx, { accountId, apiKeyId }, told.costMicroUsd),
      references: {
        create: people.map(({ tune, strength }, position) => ({ position, tuneId: tune.id, strength })),
      },
    },
    include: { references: { orderBy: { position: "asc" } } },
  });
  await touchTunes(
    tx,
    people.map(({ tune }) => tune.id),
  );
  await keepObjects(
    tx,
    [keys.inputKey, keys.maskKey].filter((key) => key !== null),
  );
  await makePortraits.enqueue(tx, { promptId: row.id, reservationId: row.reservationId });
  return row;
}

/** @throws {AppError} `rate_limited` */
async function requireRoom(db: Transaction | Ctx["db"], accountId: string): Promise<void> {
  const waiting = await db.prompt.count({ where: { accountId, status: { in: ["queued", "running"] } } });
  if (waiting < mostWaiting) return;
  throw new AppError(
    "rate_limited",
    `${mostWaiting} orders of portraits wait already. Try again when some have ended.`,
    {
      retryAfterSeconds,
    },
  );
}

async function keepImage(ctx: Ctx, image: ImageFile | null): Promise<string | null> {
  if (image === null) return null;
  const key = `portraits/inputs/${newId("portrait")}`;
  await announceObject(ctx.db, key);
  await store().put(key, image.bytes, { contentType: image.mimeType, signal: ctx.signal });
  return key;
}
