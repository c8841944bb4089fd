import { decodeImage } from "@/lib/vision/decode";
import { findLandmarks } from "@/lib/vision/faces";
import { type FaceMesh, findMesh } from "@/lib/vision/mesh";
import type { Raster } from "@/lib/vision/raster";
import type { StudioPerson } from "./studio-order";
import type { SeenFace } from "./swap-limits";

type Photo = StudioPerson["photos"][number];

/** A photo to take a face from, and whether it has to be mirrored to look the way the input's face looks. */
export type ChosenPhoto = { photo: Photo; isMirrored: boolean };

/** What mirroring costs, in degrees: a mirrored face is nearly the same person's, but partings and moles change sides. */
const mirrorCost = 12;
/** Photos that are worse by no more than this, in degrees, are as good. */
const asGood = 6;

/**
 * Chooses the photo that looks the way the input's face looks, and is sharp and large enough; among those that are as
 * good the seed decides.
 *
 * @param height of the input's face, in pixels
 * @throws {RangeError} there is no photo
 */
export function choosePhoto(
  photos: Photo[],
  pose: Pick<FaceMesh, "yaw" | "pitch">,
  height: number,
  seed: number,
): ChosenPhoto {
  const ways = photos.flatMap((photo) =>
    [false, true].map((isMirrored) => ({ photo, isMirrored, cost: costOf(photo, isMirrored, pose, height) })),
  );
  const best = Math.min(...ways.map(({ cost }) => cost));
  const good = ways.filter(({ cost, isMirrored }) => cost <= best + asGood && (!isMirrored || cost === best));
  const chosen = good[Math.abs(Math.trunc(seed)) % good.length];
  if (!chosen) throw new RangeError("A face needs at least one photo.");
  return { photo: chosen.photo, isMirrored: chosen.isMirrored };
}

function costOf(
  { reading }: Photo,
  isMirrored: boolean,
  pose: Pick<FaceMesh, "yaw" | "pitch">,
  height: number,
): number {
  const yaw = isMirrored ? -reading.yaw : reading.yaw;
  const turned = Math.hypot(yaw - pose.yaw, reading.pitch - pose.pitch);
  const lacking = Math.max(0, 1 - (reading.box.height * 1.2) / height);
  const blurred = Math.max(0, 1 - reading.sharpness / 100);
  const dark = Math.max(0, 0.25 - reading.light) * 60;
  return turned + 15 * lacking + 10 * blurred + dark + (isMirrored ? mirrorCost : 0);
}

/** The photo's pixels, and its face as it is seen in them. */
export async function openPhoto({ photo, isMirrored }: ChosenPhoto): Promise<SeenFace & { image: Raster }> {
  // as large as photos are kept: what was read of the face counts in their pixels
  const { raster } = await decodeImage(photo.bytes, { maxSide: 4096 });
  const { box } = photo.reading;
  const image = isMirrored ? mirrored(raster) : raster;
  const found = isMirrored ? { ...box, x: raster.width - box.x - box.width } : box;
  const landmarks = await findLandmarks(image, found);
  return { image, landmarks, mesh: await findMesh(image, landmarks) };
}

/** Left and right exchanged. */
export function mirrored({ data, width, height, channels }: Raster): Raster {
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * channels;
      const to = (y * width + width - 1 - x) * channels;
      for (let channel = 0; channel < channels; channel++) result[to + channel] = data[from + channel] ?? 0;
    }
  return { data: result, width, height, channels };
}
