import { portraitsText } from "@/components/strings/portraits";
import type { PhotosCheck, TuneNote } from "@/lib/portraits/tune-schemas";
import type { FaceReading } from "@/lib/vision/face-reading";

/** What is known of a photo that was chosen and is nobody's yet. */
export type PhotoState =
  | { status: "checking" }
  | { status: "usable"; words: string; warnings: string[] }
  | { status: "refused"; why: string }
  | { status: "unchecked"; why: string };

/** At most so many megabytes, as the server counts them. */
const bytesPerMb = 1_048_576;

/** Why a file need not even be sent; null when it should be looked at. */
export function refusalOf({ type, size }: Pick<File, "type" | "size">, maxMb: number): string | null {
  if (type !== "" && !type.startsWith("image/")) return portraitsText.noImage;
  return size > maxMb * bytesPerMb ? portraitsText.tooLarge(size, maxMb) : null;
}

/** "One face, 612 px, sharp" @param codes of what is not at its best */
export function readingWords({ box }: Pick<FaceReading, "box">, codes: readonly string[]): string {
  const isSoft = codes.some((code) => /blur|soft|sharp/.test(code));
  const words = [
    portraitsText.faceOf(Math.round(Math.min(box.width, box.height))),
    ...(isSoft ? [] : [portraitsText.sharp]),
  ];
  return words.join(", ");
}

/** What a check says of the one photo that was sent. */
export function stateOf({ photos, notes }: PhotosCheck): PhotoState {
  const [photo] = photos;
  if (photo === undefined) return { status: "unchecked", why: "" };
  if (!photo.is_good || photo.reading === null) {
    return {
      status: "refused",
      why: photo.message ?? portraitsText.refusals[photo.code ?? ""] ?? portraitsText.noImage,
    };
  }
  const all: TuneNote[] = [...photo.notes, ...notes];
  return {
    status: "usable",
    words: readingWords(
      photo.reading,
      all.map(({ code }) => code),
    ),
    warnings: all.map(({ message }) => message),
  };
}
