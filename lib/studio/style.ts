import { identityScore } from "@/lib/vision/compare";
import { describeFace, findLandmarks } from "@/lib/vision/faces";
import type { Box, Raster } from "@/lib/vision/raster";
import { withFaces } from "./style-faces";
import { toOil, toPoster, toWatercolour } from "./style-paint";
import { toInk, toPencil } from "./style-pen";
import { type Tones, ofTones, toTones } from "./style-planes";
import { toPrint } from "./style-print";
import { prints } from "./style-prints";

/** A face in the image, brow to chin, and the descriptors of the person's photos. */
export type StyledFace = { box: Box; photos: Float32Array[] };

export type StyleWish = {
  /** ids of wish-table.ts; both null: nothing is changed */
  style: string | null;
  palette: string | null;
  /** of grain, paper and brush */
  seed: number;
  faces: readonly StyledFace[];
};

const painters: Record<string, (toned: Tones, plain: Tones, seed: number) => Tones> = {
  oil: (toned, _plain, seed) => toOil(toned, seed),
  watercolour: (toned, _plain, seed) => toWatercolour(toned, seed),
  poster: (toned) => toPoster(toned),
  // pens have tones of their own
  pencil: (_toned, plain, seed) => toPencil(plain, seed),
  ink: (_toned, plain) => toInk(plain),
};

/**
 * How much of the unpainted face comes back, step by step, until it is the person again. Bare paint was never enough:
 * .62 to .78 of the identity score are left, measured on 4 people.
 */
const shares = [0.4, 0.65, 0.9];

/** What a style may take of the identity score, which is 1 for the same picture and about 0 for strangers. */
const mayLose = 0.12;

/**
 * An image in a style and a palette. Styles of tones keep every edge of the face; painted ones get as much of the unpainted
 * face back, in the style's own tones, as the person needs to stay recognizable (measured).
 *
 * @param image sRGB
 * @returns sRGB of the same size; the same image and wish give the same bytes
 */
export async function applyStyle(image: Raster, { style, palette, seed, faces }: StyleWish): Promise<Raster> {
  const shade = palette === null ? undefined : prints[palette];
  const print = style === null ? undefined : prints[style];
  const painter = style === null ? undefined : painters[style];
  if (!shade && !print) return image;
  const plain = shade ? toPrint(toTones(image), shade, seed) : toTones(image);
  const toned = print ? toPrint(plain, print, seed) : plain;
  if (!painter) return ofTones(toned);
  const painted = painter(toned, plain, seed);
  if (faces.length === 0) return ofTones(painted);
  return keepFaces(image, painted, toned, faces);
}

async function keepFaces(plain: Raster, painted: Tones, toned: Tones, faces: readonly StyledFace[]): Promise<Raster> {
  const boxes = faces.map(({ box }) => box);
  const before = await likenesses(plain, faces);
  for (const share of shares) {
    const made = ofTones(withFaces(painted, toned, boxes, share));
    if (share === shares.at(-1)) return made;
    const after = await likenesses(made, faces);
    if (after.every((score, index) => score >= (before[index] ?? 0) - mayLose)) return made;
  }
  return ofTones(toned);
}

async function likenesses(image: Raster, faces: readonly StyledFace[]): Promise<number[]> {
  const scores = [];
  for (const { box, photos } of faces) {
    const landmarks = await findLandmarks(image, box);
    scores.push(identityScore(await describeFace(image, landmarks), photos) ?? 0);
  }
  return scores;
}
