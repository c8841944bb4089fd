import type { Box, Raster } from "./raster";

/** For each target pixel: the first source pixel and the share of each that follows. */
type Taps = { first: number; shares: Float32Array }[];

/**
 * A part of an image at another size, by a triangle filter that is as wide as a target pixel (so small ones do not
 * alias). Outside the image its edge goes on.
 *
 * @param box in pixels of the image; may reach beyond it
 * @returns RGB; alpha is left out
 */
export function cropTo(image: Raster, box: Box, width: number, height: number): Raster {
  const columns = tapsOf(box.x, box.width, width);
  const rows = tapsOf(box.y, box.height, height);
  const firstRow = rows[0]?.first ?? 0;
  const last = rows.at(-1);
  const lastRow = last ? last.first + last.shares.length : 0;
  const squeezed = new Float32Array(Math.max(0, lastRow - firstRow) * width * 3);
  for (let row = firstRow; row < lastRow; row++) {
    squeezeRow(image, Math.min(Math.max(row, 0), image.height - 1), columns, squeezed, (row - firstRow) * width * 3);
  }
  const data = new Uint8Array(width * height * 3);
  const sums = new Float32Array(width * 3);
  for (const [y, { first, shares }] of rows.entries()) {
    sums.fill(0.5);
    for (const [tap, share] of shares.entries()) {
      const at = (first - firstRow + tap) * width * 3;
      for (let index = 0; index < sums.length; index++)
        sums[index] = (sums[index] ?? 0) + share * (squeezed[at + index] ?? 0);
    }
    for (let index = 0; index < sums.length; index++) data[y * width * 3 + index] = Math.min(255, sums[index] ?? 0);
  }
  return { data, width, height, channels: 3 };
}

function squeezeRow(image: Raster, row: number, columns: Taps, target: Float32Array, at: number): void {
  const { data, width, channels } = image;
  const start = row * width * channels;
  for (const { first, shares } of columns) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let tap = 0; tap < shares.length; tap++) {
      const pixel = start + Math.min(Math.max(first + tap, 0), width - 1) * channels;
      const share = shares[tap] ?? 0;
      red += share * (data[pixel] ?? 0);
      green += share * (data[pixel + 1] ?? 0);
      blue += share * (data[pixel + 2] ?? 0);
    }
    target[at++] = red;
    target[at++] = green;
    target[at++] = blue;
  }
}

function tapsOf(start: number, length: number, count: number): Taps {
  const step = length / count;
  const reach = Math.max(1, step);
  return Array.from({ length: count }, (_, index) => {
    const centre = start + (index + 0.5) * step;
    const first = Math.ceil(centre - reach - 0.5);
    const lastPixel = Math.floor(centre + reach - 0.5);
    const shares = Float32Array.from({ length: lastPixel - first + 1 }, (_each, tap) =>
      Math.max(0, 1 - Math.abs(first + tap + 0.5 - centre) / reach),
    );
    const sum = shares.reduce((total, share) => total + share, 0) || 1;
    return { first, shares: shares.map((share) => share / sum) };
  });
}

/** `x' = a·x + b·y + c`, `y' = -b·x + a·y + d`: turns, scales and moves. */
export type Similarity = { a: number; b: number; c: number; d: number };

export function move({ a, b, c, d }: Similarity, x: number, y: number): [x: number, y: number] {
  return [a * x + b * y + c, a * y - b * x + d];
}

/**
 * A turned part of an image, read between pixels; scale by `cropTo` first where it shrinks.
 *
 * @param toImage from a target pixel to a pixel of the image, both by their middles
 */
export function sampleTurned(image: Raster, toImage: Similarity, width: number, height: number): Raster {
  const { data, channels } = image;
  const target = new Uint8Array(width * height * 3);
  const at = (x: number, y: number, channel: number) => data[(y * image.width + x) * channels + channel] ?? 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [sourceX, sourceY] = move(toImage, x + 0.5, y + 0.5);
      const left = Math.min(Math.max(sourceX - 0.5, 0), image.width - 1);
      const top = Math.min(Math.max(sourceY - 0.5, 0), image.height - 1);
      const x0 = Math.floor(left);
      const y0 = Math.floor(top);
      const x1 = Math.min(x0 + 1, image.width - 1);
      const y1 = Math.min(y0 + 1, image.height - 1);
      const u = left - x0;
      const v = top - y0;
      for (let channel = 0; channel < 3; channel++) {
        const above = at(x0, y0, channel) * (1 - u) + at(x1, y0, channel) * u;
        const below = at(x0, y1, channel) * (1 - u) + at(x1, y1, channel) * u;
        target[(y * width + x) * 3 + channel] = Math.round(above * (1 - v) + below * v);
      }
    }
  }
  return { data: target, width, height, channels: 3 };
}

/** A turned square of an image: its middle in pixels, its side, and by how much it is turned clockwise, in radians. */
export type TurnedSquare = { x: number; y: number; size: number; angle: number };

/**
 * A turned square of an image, upright and at another size. Outside the image its edge goes on.
 *
 * @param side of the result, in pixels
 * @returns the pixels (RGB), and the way from a place in them to one in the image
 */
export function cutSquare(
  image: Raster,
  { x, y, size, angle }: TurnedSquare,
  side: number,
): { pixels: Raster; toImage: Similarity; scale: number } {
  // what shrinks is made smaller first, so that turning reads from pixels of about the size it writes
  const reach = size * Math.SQRT2;
  const around = Math.ceil(side * Math.SQRT2);
  const box = { x: x - reach / 2, y: y - reach / 2, width: reach, height: reach };
  const patch = cropTo(image, box, around, around);
  const half = side / 2;
  const turn = (scale: number, centreX: number, centreY: number): Similarity => {
    const [a, b] = [Math.cos(angle) * scale, -Math.sin(angle) * scale];
    return { a, b, c: centreX - (a + b) * half, d: centreY - (a - b) * half };
  };
  const scale = size / side;
  const inPatch = turn((scale * around) / reach, around / 2, around / 2);
  return { pixels: sampleTurned(patch, inPatch, side, side), toImage: turn(scale, x, y), scale };
}
