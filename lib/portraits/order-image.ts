import type { Ctx } from "@/lib/auth/context";
import { AppError, InvalidInputError } from "@/lib/errors";
import { guardedFetch } from "@/lib/net/guarded-fetch";
import type { ImageFile } from "./engine";
import { maxPhotoMb } from "./tune-schemas";
import { WireFile } from "./wire-file";

const megabyte = 1024 * 1024;
const types = /^(?:image\/(?:png|jpeg|jpg|webp)|application\/octet-stream|binary\/octet-stream)$/u;

export type Fetch = typeof guardedFetch;

/**
 * An image that an order changes, or its mask: a file of the form, or what lies at a public address. Only its first
 * bytes are looked at here; it is decoded where strangers' images are.
 *
 * @param field `input_image` or `mask_image`, for whoever reads the error
 * @returns null where neither was sent
 * @throws {InvalidInputError} no image, not a public address; {AppError} `too_large`, `unreadable`, `unsupported_type`
 */
export async function readOrderImage(
  ctx: Ctx,
  sent: { field: string; file: unknown; url: string | undefined },
  fetch: Fetch = guardedFetch,
): Promise<ImageFile | null> {
  const bytes = await bytesOf(ctx, sent, fetch);
  if (bytes === null) return null;
  const mimeType = imageType(bytes);
  if (mimeType === null) throw new InvalidInputError(`${sent.field} is no JPEG, PNG or WebP.`, `prompt.${sent.field}`);
  return { bytes, mimeType };
}

async function bytesOf(
  ctx: Ctx,
  { field, file, url }: { field: string; file: unknown; url: string | undefined },
  fetch: Fetch,
): Promise<Uint8Array | null> {
  const param = `prompt.${field}`;
  if (file instanceof WireFile) return file.read();
  if (file !== undefined) {
    throw new InvalidInputError(`${field} must be a file of the form; send an address as ${field}_url.`, param);
  }
  if (url === undefined) return null;
  try {
    const { bytes } = await fetch(url, { signal: ctx.signal, maxBytes: maxPhotoMb * megabyte, types });
    return bytes;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, `${field}_url: ${error.message}`, { param: `${param}_url`, cause: error });
  }
}

/** By the first bytes, whatever the sender calls it. */
export function imageType(bytes: Uint8Array): "image/png" | "image/jpeg" | "image/webp" | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  return /^RIFF.{4}WEBP$/su.test(head) ? "image/webp" : null;
}
