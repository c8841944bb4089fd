import type { Readable } from "node:stream";
import type { Db } from "@/lib/db/client";
import { AppError, NotFoundError } from "@/lib/errors";
import { requireSignature, type SignedFile, smallKeyOf } from "@/lib/storage/signed-file";
import { store } from "@/lib/storage/store";

export type SignedImage = {
  stream: Readable;
  mimeType: string;
  /** null: not known before it was read */
  byteSize: number | null;
  fileName: string;
  /** until its address ends */
  secondsLeft: number;
};

type Asked = SignedFile & { expires: number; signature: string };

const endings: Record<string, string> = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp" };

/**
 * Opens a photo or a portrait for whoever has its signed address.
 *
 * @throws {ForbiddenError} the address is forged or over; {NotFoundError} the image was deleted
 */
export async function openSignedImage(db: Db, asked: Asked, signal: AbortSignal): Promise<SignedImage> {
  const secondsLeft = requireSignature(asked, asked.expires, asked.signature);
  const row = await findImage(db, asked);
  if (row === null) throw new NotFoundError("The image");
  const { storageKey, byteSize, name } = row;
  const small = asked.isSmall ? await openIfThere(smallKeyOf(storageKey), signal) : null;
  const mimeType = small === null ? row.mimeType : "image/webp";
  const fileName = `${name}.${endings[mimeType] ?? "img"}`;
  if (small !== null) return { stream: small, mimeType, byteSize: null, fileName, secondsLeft };
  const stream = await store().get(storageKey, { signal });
  return { stream, mimeType, byteSize, fileName, secondsLeft };
}

type Found = { storageKey: string; mimeType: string; byteSize: number; name: string };

async function findImage(db: Db, { kind, id }: SignedFile): Promise<Found | null> {
  const select = { storageKey: true, mimeType: true, byteSize: true };
  if (kind === "portraits") {
    const row = await db.portrait.findUnique({ where: { id }, select: { ...select, promptId: true, position: true } });
    return row && { ...row, name: `portrait-${row.promptId}-${row.position + 1}` };
  }
  const row = await db.tunePhoto.findFirst({
    where: { id, tune: { expiresAt: { gt: new Date() } } },
    select: { ...select, tuneId: true, position: true },
  });
  return row && { ...row, name: `photo-${row.tuneId}-${row.position + 1}` };
}

async function openIfThere(key: string, signal: AbortSignal): Promise<Readable | null> {
  try {
    return await store().get(key, { signal });
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}
