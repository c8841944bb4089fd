import type { Prisma } from "@/lib/db/client";
import { toJson } from "@/lib/db/json";
import { InvalidInputError } from "@/lib/errors";
import { comparePhotos } from "@/lib/studio/same-person";
import { descriptorOfBytes } from "@/lib/vision/descriptor-bytes";
import type { TakenPhoto } from "./intake";
import type { TuneNote } from "./tune-schemas";

const mostSentences = 3;

/** @throws {InvalidInputError} one cannot be used: which, and why */
export function requireGood(photos: readonly TakenPhoto[]): void {
  const problems = photos.flatMap(({ found }) => (found.problem === null ? [] : [found.problem.message]));
  if (problems.length === 0) return;
  const more = problems.length - mostSentences;
  const rest = more > 0 ? ` And ${more} more of the photos cannot be used.` : "";
  throw new InvalidInputError(`${problems.slice(0, mostSentences).map(sentence).join(" ")}${rest}`, "tune.images");
}

/** The row of a good photo. */
export function photoRow(photo: TakenPhoto, position: number): Prisma.TunePhotoCreateManyTuneInput {
  const { id, key, fileName, found } = photo;
  const { file, reading, descriptor } = found;
  if (file === null || reading === null || descriptor === null) throw new TypeError("Only good photos are kept.");
  return {
    ...{ id, position, fileName, storageKey: key },
    ...file,
    reading: toJson(reading) as Prisma.InputJsonValue,
    descriptor: Buffer.from(descriptor, "base64"),
  };
}

/** What is not at its best in each, and whether all are one person. `first` is the number of photos before these. */
export function notesOn(photos: readonly TakenPhoto[], first = 0): TuneNote[] {
  return photos.flatMap(({ found }, at) =>
    found.warnings.map(({ code, message }) => ({ code, message: sentence(message), photo: first + at + 1 })),
  );
}

/** A warning when photos seem to show different people; none when they are one. */
export function personNotes(photos: readonly { name: string; descriptor: Uint8Array }[]): TuneNote[] {
  const found = comparePhotos(
    photos.map(({ name, descriptor }) => ({ name, descriptor: descriptorOfBytes(descriptor) })),
  );
  return found === null ? [] : [{ code: found.code, message: sentence(found.message), photo: null }];
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
