import type { Raster } from "@/lib/vision/raster";
import { blurGaussian } from "./blur";

/** Red, green and blue of sRGB as shares of 1, interleaved, row by row: styles work on tones as they are seen. */
export type Tones = { width: number; height: number; data: Float32Array };

export function toTones({ data, width, height, channels }: Raster): Tones {
  const shares = new Float32Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++)
      shares[pixel * 3 + channel] = (data[pixel * channels + channel] ?? 0) / 255;
  }
  return { data: shares, width, height };
}

export function ofTones({ data, width, height }: Tones): Raster {
  const bytes = new Uint8Array(data.length);
  for (let index = 0; index < data.length; index++)
    bytes[index] = Math.min(255, Math.max(0, Math.round((data[index] ?? 0) * 255)));
  return { data: bytes, width, height, channels: 3 };
}

/** A plane softened by a Gaussian. @param sigma in pixels */
export function soften(data: Float32Array, width: number, height: number, sigma: number): Float32Array {
  return blurGaussian({ width, height, data }, sigma).data;
}

/** How bright each pixel looks, 0 to 1 (Rec. 709 weights on sRGB values). */
export function lumaOf({ data, width, height }: Tones): Float32Array {
  const luma = new Float32Array(width * height);
  for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += 3)
    luma[pixel] = 0.2126 * (data[at] ?? 0) + 0.7152 * (data[at + 1] ?? 0) + 0.0722 * (data[at + 2] ?? 0);
  return luma;
}

/** Noise with a mean of 0 and a deviation of about 1, of grains some pixels wide; from a seed always the same. */
export function grainPlane(width: number, height: number, sigma: number, seed: number): Float32Array {
  let state = (Math.imul(seed | 0, 2_654_435_761) ^ 0x9e3779b9) | 1;
  const noise = new Float32Array(width * height);
  for (let index = 0; index < noise.length; index++) {
    // xorshift32 (G. Marsaglia 2003): a call a pixel of anything larger is felt
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    noise[index] = (state >>> 0) / 2_147_483_648 - 1;
  }
  const soft = sigma > 0 ? soften(noise, width, height, sigma) : noise;
  let squares = 0;
  for (let index = 0; index < soft.length; index++) squares += (soft[index] ?? 0) ** 2;
  const scale = 1 / Math.max(1e-6, Math.sqrt(squares / soft.length));
  for (let index = 0; index < soft.length; index++) soft[index] = (soft[index] ?? 0) * scale;
  return soft;
}
