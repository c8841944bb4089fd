import type { Picture, Plane } from "./picture";

/**
 * A box blur of a plane, done twice: close to a Gaussian. Beyond the edge its edge goes on.
 *
 * @param radius in pixels; each pass takes the mean of `2·radius + 1`
 */
export function blurPlane(plane: Plane, radius: number, passes = 2): Plane {
  const reach = Math.round(radius);
  if (reach < 1) return { ...plane, data: plane.data.slice() };
  const { width, height } = plane;
  const from = plane.data.slice();
  const to = new Float32Array(from.length);
  for (let pass = 0; pass < passes; pass++) {
    for (let row = 0; row < height; row++) slide(from, to, { start: row * width, step: 1, count: width, reach });
    for (let column = 0; column < width; column++) {
      slide(to, from, { start: column, step: width, count: height, reach });
    }
  }
  return { width, height, data: from };
}

/** A Gaussian by three running means (W. Wells 1986). @param sigma in pixels */
export function blurGaussian(plane: Plane, sigma: number): Plane {
  return blurPlane(plane, (Math.sqrt(4 * sigma * sigma + 1) - 1) / 2, 3);
}

type Line = { start: number; step: number; count: number; reach: number };

/** The running mean of a row or a column. */
function slide(from: Float32Array, to: Float32Array, { start, step, count, reach }: Line): void {
  const share = 1 / (2 * reach + 1);
  const first = from[start] ?? 0;
  const last = from[start + (count - 1) * step] ?? 0;
  let sum = first * (reach + 1);
  for (let ahead = 1; ahead <= reach; ahead++) sum += ahead < count ? (from[start + ahead * step] ?? 0) : last;
  for (let at = 0; at < count; at++) {
    to[start + at * step] = sum * share;
    const enters = at + reach + 1;
    const leaves = at - reach;
    sum += enters < count ? (from[start + enters * step] ?? 0) : last;
    sum -= leaves > 0 ? (from[start + leaves * step] ?? 0) : first;
  }
}

/** The same of all three colours. */
export function blurPicture({ width, height, data }: Picture, radius: number, passes = 2): Picture {
  const target = new Float32Array(data.length);
  const plane = new Float32Array(width * height);
  for (let channel = 0; channel < 3; channel++) {
    for (let pixel = 0; pixel < plane.length; pixel++) plane[pixel] = data[pixel * 3 + channel] ?? 0;
    const blurred = blurPlane({ width, height, data: plane }, radius, passes).data;
    for (let pixel = 0; pixel < plane.length; pixel++) target[pixel * 3 + channel] = blurred[pixel] ?? 0;
  }
  return { width, height, data: target };
}

/**
 * As a lens blurs what is out of focus: the mean of a disc, in linear light, so that highlights become discs of their
 * own. Beyond the edge its edge goes on.
 */
export function blurLens({ width, height, data }: Picture, radius: number): Picture {
  const reach = Math.round(radius);
  if (reach < 1) return { width, height, data: data.slice() };
  const halves = Array.from({ length: 2 * reach + 1 }, (_, at) => {
    return Math.round(Math.sqrt((reach + 0.35) ** 2 - (at - reach) ** 2));
  });
  const area = halves.reduce((sum, half) => sum + 2 * half + 1, 0);
  const padded = width + 2 * reach;
  const target = new Float32Array(data.length);
  for (let channel = 0; channel < 3; channel++) {
    const sums = rowSums({ width, height, data }, channel, reach);
    for (let y = 0; y < height; y++) {
      for (let down = -reach; down <= reach; down++) {
        const row = Math.min(height - 1, Math.max(0, y + down)) * (padded + 1);
        const half = halves[down + reach] ?? 0;
        for (let x = 0; x < width; x++) {
          const middle = row + x + reach;
          const index = (y * width + x) * 3 + channel;
          target[index] = (target[index] ?? 0) + (sums[middle + half + 1] ?? 0) - (sums[middle - half] ?? 0);
        }
      }
    }
  }
  for (let index = 0; index < target.length; index++) target[index] = Math.max(0, (target[index] ?? 0) / area);
  return { width, height, data: target };
}

/** Sums from the left of each row, the row's ends lengthened by `reach`. Doubles: differences of long sums are small. */
function rowSums({ width, height, data }: Picture, channel: number, reach: number): Float64Array {
  const padded = width + 2 * reach;
  const sums = new Float64Array((padded + 1) * height);
  for (let y = 0; y < height; y++) {
    let sum = 0;
    const row = y * (padded + 1);
    for (let x = 0; x < padded; x++) {
      const column = Math.min(width - 1, Math.max(0, x - reach));
      sum += data[(y * width + column) * 3 + channel] ?? 0;
      sums[row + x + 1] = sum;
    }
  }
  return sums;
}
