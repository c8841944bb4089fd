import { InvalidInputError } from "@/lib/errors";

/** Pixels. */
export type Size = { width: number; height: number };

export const leastSide = 256;
export const mostSide = 2048;
const sideStep = 8;

/** What an order has that says nothing of its size. */
export const defaultSize: Size = { width: 768, height: 960 };

const usualPixels = defaultSize.width * defaultSize.height;

/**
 * The size of an order's images, in pixels that are multiples of eight: as it is told, else of the shape that is told
 * and as many pixels as usual. One side alone gets the other by the shape, 4:5 unless told.
 *
 * @throws {InvalidInputError} a shape that is none, or too narrow
 */
export function sizeOf(told: {
  w?: number | undefined;
  h?: number | undefined;
  aspectRatio?: string | undefined;
}): Size {
  const { w, h, aspectRatio } = told;
  if (w !== undefined && h !== undefined) return { width: w, height: h };
  if (w === undefined && h === undefined && aspectRatio === undefined) return defaultSize;
  const shape = aspectRatio === undefined ? defaultSize.width / defaultSize.height : shapeOf(aspectRatio);
  if (w !== undefined) return { width: w, height: onGrid(w / shape) };
  if (h !== undefined) return { width: onGrid(h * shape), height: h };
  return { width: onGrid(Math.sqrt(usualPixels * shape)), height: onGrid(Math.sqrt(usualPixels / shape)) };
}

/** `4:5`, `16:9`: width to height. */
function shapeOf(text: string): number {
  const [, width, height] = /^\s*(\d{1,4})\s*[:x/]\s*(\d{1,4})\s*$/i.exec(text) ?? [];
  const shape = Number(width) / Number(height);
  if (!(shape >= 1 / 3 && shape <= 3)) {
    throw new InvalidInputError(
      "aspect_ratio must be a shape such as 4:5, between 1:3 and 3:1.",
      "prompt.aspect_ratio",
    );
  }
  return shape;
}

function onGrid(side: number): number {
  return Math.min(mostSide, Math.max(leastSide, Math.round(side / sideStep) * sideStep));
}

/** The shape in the smallest numbers, as Astria tells it: 768 × 960 is `4:5`. */
export function ratioOf({ width, height }: Size): string {
  let [one, other] = [width, height];
  while (other > 0) [one, other] = [other, one % other];
  return one === 0 ? "1:1" : `${width / one}:${height / one}`;
}
