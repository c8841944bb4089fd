import type { Ctx } from "@/lib/auth/context";
import type { Prisma, Transaction } from "@/lib/db/client";
import { NotFoundError } from "@/lib/errors";
import { limitedFaces } from "@/lib/faces/require-face";
import { keptDays } from "./tune-schemas";

const highestId = 2 ** 31 - 1;

/**
 * The tunes that the caller may see: their own that have not expired, and with a limited key those of its faces.
 *
 * @param isExpired those that have expired instead
 */
export function visibleTunes(ctx: Ctx, { isExpired = false } = {}): Prisma.TuneWhereInput {
  const faces = limitedFaces(ctx);
  return {
    accountId: ctx.actor.accountId,
    expiresAt: isExpired ? { lte: new Date() } : { gt: new Date() },
    ...(faces === null ? {} : { face: faces }),
  };
}

export const withPhotos = { photos: { orderBy: { position: "asc" } } } as const;

export type TuneRow = Prisma.TuneGetPayload<{ include: typeof withPhotos }>;

/**
 * A tune of the caller's with its photos.
 *
 * @param ref its number as the path says it
 * @throws {NotFoundError} missing, expired, somebody else's, or not of the key's faces: the answer is the same
 */
export async function requireTune(ctx: Ctx, ref: string | number): Promise<TuneRow> {
  const id = tuneNumber(ref);
  const row = id === null ? null : await findTune(ctx, id);
  if (row === null) throw new NotFoundError("The tune");
  return row;
}

function findTune(ctx: Ctx, id: number): Promise<TuneRow | null> {
  return ctx.db.tune.findFirst({ where: { ...visibleTunes(ctx), id }, include: withPhotos });
}

/** The number of a tune as a path or a text says it; null where it cannot be one. */
export function tuneNumber(ref: string | number): number | null {
  const text = String(ref).trim();
  if (!/^\d{1,10}$/u.test(text)) return null;
  const id = Number(text);
  return id >= 1 && id <= highestId ? id : null;
}

/** When a tune goes that begins now. */
export function expiryFromNow(): Date {
  return new Date(Date.now() + keptDays * 24 * 60 * 60 * 1000);
}

/** Moves the end of tunes that are used, where their owner wants that. */
export async function touchTunes(tx: Transaction, ids: readonly number[]): Promise<void> {
  await tx.tune.updateMany({
    where: { id: { in: [...ids] }, autoExtend: true },
    data: { expiresAt: expiryFromNow() },
  });
}
