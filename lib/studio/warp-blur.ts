import { blurGaussian } from "./blur";
import type { Plane } from "./warp-triangles";

/** Every channel of a plane blurred by a Gaussian of `sigma` pixels; the edge goes on outside. */
export function blur({ data, width, height, channels }: Plane, sigma: number): Plane {
  const result = new Float32Array(data.length);
  const one = new Float32Array(width * height);
  for (let channel = 0; channel < channels; channel++) {
    for (let pixel = 0; pixel < one.length; pixel++) one[pixel] = data[pixel * channels + channel] ?? 0;
    const blurred = blurGaussian({ data: one, width, height }, sigma).data;
    for (let pixel = 0; pixel < one.length; pixel++) result[pixel * channels + channel] = blurred[pixel] ?? 0;
  }
  return { data: result, width, height, channels };
}

/**
 * Blurred as if only pixels with weight were there (normalised convolution); where none is near, `else` takes over.
 *
 * @param weight 0 to 1 a pixel
 * @param otherwise a value for each channel
 */
export function blurWeighted(plane: Plane, weight: Plane, sigma: number, otherwise: number[]): Plane {
  const { data, width, height, channels } = plane;
  const weighted = data.map((value, index) => value * (weight.data[Math.floor(index / channels)] ?? 0));
  const sums = blur({ data: weighted, width, height, channels }, sigma).data;
  const totals = blur(weight, sigma).data;
  const little = 0.02;
  const result = sums.map((sum, index) => {
    const usual = otherwise[index % channels] ?? 0;
    return (sum + little * usual) / ((totals[Math.floor(index / channels)] ?? 0) + little);
  });
  return { data: result, width, height, channels };
}
