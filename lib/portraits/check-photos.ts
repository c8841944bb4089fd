import type { Ctx } from "@/lib/auth/context";
import { InvalidInputError } from "@/lib/errors";
import { parse } from "@/lib/http/parse";
import { z } from "zod";
import { takePhotos } from "./intake";
import { photosOf } from "./intake-photos";
import { notesOn, personNotes } from "./tune-photos";
import { mostPhotos, type PhotosCheck } from "./tune-schemas";
import { readWireForm } from "./wire-form";
import { wireList } from "./wire-values";

const CheckPhotosInput = z.object({ images: wireList(z.any(), mostPhotos) });

/**
 * Looks at photos as a tune would, and keeps nothing.
 *
 * @throws {AppError} as `createTune`; what is wrong with a photo is no error here
 */
export async function checkPhotos(ctx: Ctx, request: Request): Promise<PhotosCheck> {
  const form = await readWireForm(request);
  try {
    const photos = photosOf(parse(CheckPhotosInput, form.body));
    if (photos.length === 0) throw new InvalidInputError("Send at least one photo, as images.", "images");
    return await takePhotos(ctx, photos, { isCheckOnly: true }, async (taken) => {
      const good = taken.flatMap(({ name, found: { descriptor } }) =>
        descriptor === null ? [] : [{ name, descriptor: Buffer.from(descriptor, "base64") }],
      );
      return {
        photos: taken.map((photo, at) => ({
          file_name: photo.fileName,
          is_good: photo.found.problem === null,
          code: photo.found.problem?.code ?? null,
          message: photo.found.problem?.message ?? null,
          notes: notesOn([photo], at),
          reading: photo.found.reading,
        })),
        notes: personNotes(good),
      };
    });
  } finally {
    await form.dispose();
  }
}
