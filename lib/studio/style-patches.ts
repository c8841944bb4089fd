import { blurPicture, blurPlane } from "./blur";
import { type Tones, grainPlane, lumaOf, soften } from "./style-planes";

/**
 * Flat patches with sharp borders: of eight places around a pixel the calm ones give its colour (a Kuwahara filter with
 * soft weights, after Papari, Petkov and Campisi 2007).
 *
 * @param radius of a patch, pixels
 */
export function toPatches(picture: Tones, radius: number): Tones {
  const { width, height } = picture;
  const half = Math.max(1, Math.round(radius / 2));
  const means = blurPicture(picture, half, 1).data;
  const luma = lumaOf(picture);
  const mean = blurPlane({ width, height, data: luma }, half, 1).data;
  const calm = new Float32Array(luma.length);
  for (let pixel = 0; pixel < luma.length; pixel++) luma[pixel] = (luma[pixel] ?? 0) ** 2;
  const square = blurPlane({ width, height, data: luma }, half, 1).data;
  for (let pixel = 0; pixel < calm.length; pixel++) {
    const variance = Math.max(0, (square[pixel] ?? 0) - (mean[pixel] ?? 0) ** 2);
    calm[pixel] = 1 / (0.0004 + variance) ** 3;
  }
  return gather({ means, calm, width, height, reach: half });
}

function gather(field: {
  means: Float32Array;
  calm: Float32Array;
  width: number;
  height: number;
  reach: number;
}): Tones {
  const { means, calm, width, height, reach } = field;
  const slant = Math.max(1, Math.round(reach * 0.75));
  const across = [-reach, reach, 0, 0, -slant, slant, -slant, slant, 0];
  const down = [0, 0, -reach, reach, -slant, -slant, slant, slant, 0];
  const data = new Float32Array(means.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [red, green, blue, total] = [0, 0, 0, 0];
      for (let place = 0; place < 9; place++) {
        const column = Math.min(width - 1, Math.max(0, x + (across[place] ?? 0)));
        const row = Math.min(height - 1, Math.max(0, y + (down[place] ?? 0)));
        const at = row * width + column;
        const weight = calm[at] ?? 0;
        total += weight;
        red += weight * (means[at * 3] ?? 0);
        green += weight * (means[at * 3 + 1] ?? 0);
        blue += weight * (means[at * 3 + 2] ?? 0);
      }
      const at = (y * width + x) * 3;
      data[at] = red / total;
      data[at + 1] = green / total;
      data[at + 2] = blue / total;
    }
  }
  return { data, width, height };
}

/** Lines where it is darker than around: a sharpened difference of two blurs (Winnemöller's XDoG, 2012). 1 is paper, 0 a line. */
export function toLines(
  luma: Float32Array,
  width: number,
  height: number,
  sigma: number,
  sharpness: number,
): Float32Array {
  const near = soften(luma, width, height, sigma);
  const far = soften(luma, width, height, sigma * 1.6);
  for (let pixel = 0; pixel < near.length; pixel++) {
    const difference = (near[pixel] ?? 0) - (far[pixel] ?? 0);
    near[pixel] = difference >= -0.004 ? 1 : Math.max(0, 1 + Math.tanh(sharpness * (difference + 0.004)));
  }
  return near;
}

/** Noise drawn out along the edges of the picture: where the brush went (line integral convolution, Cabral and Leedom 1993). */
export function strokes(luma: Float32Array, width: number, height: number, seed: number): Float32Array {
  const noise = grainPlane(width, height, width / 480, seed);
  const flow = soften(luma, width, height, width / 110);
  const result = new Float32Array(luma.length);
  const length = Math.round(width / 64);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const pixel = y * width + x;
      const gx = (flow[pixel + 1] ?? 0) - (flow[pixel - 1] ?? 0);
      const gy = (flow[pixel + width] ?? 0) - (flow[pixel - width] ?? 0);
      const size = Math.sqrt(gx * gx + gy * gy);
      // where nothing leads the brush it goes slantwise
      const dx = size < 4e-4 ? 0.8 : -gy / size;
      const dy = size < 4e-4 ? 0.6 : gx / size;
      let sum = 0;
      for (let step = -length; step <= length; step++) {
        const column = Math.min(width - 1, Math.max(0, Math.round(x + dx * step)));
        const row = Math.min(height - 1, Math.max(0, Math.round(y + dy * step)));
        sum += noise[row * width + column] ?? 0;
      }
      result[pixel] = sum / Math.sqrt(2 * length + 1);
    }
  }
  return result;
}
