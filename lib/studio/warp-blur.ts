import type { Plane } from "./warp-triangles";

/** Numbers that are averaged together: `lines` that start `lineStep` apart, of `length` numbers that lie `step` apart. */
type Lines = { lines: number; lineStep: number; length: number; step: number };

/** Blurred three times by a box, which is near to a Gaussian of `sigma` pixels; the edge goes on outside. */
export function blur(plane: Plane, sigma: number): Plane {
  const radius = Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2);
  if (radius < 1) return plane;
  const { width, height, channels } = plane;
  let data = plane.data;
  for (let pass = 0; pass < 3; pass++) {
    const across = new Float32Array(data.length);
    for (let channel = 0; channel < channels; channel++) {
      const rows = { lines: height, lineStep: width * channels, length: width, step: channels };
      average(data, across, channel, rows, radius);
    }
    const down = new Float32Array(data.length);
    const row = width * channels;
    average(across, down, 0, { lines: row, lineStep: 1, length: height, step: row }, radius);
    data = down;
  }
  return { data, width, height, channels };
}

function average(
  data: Float32Array,
  result: Float32Array,
  offset: number,
  { lines, lineStep, length, step }: Lines,
  radius: number,
): void {
  const last = (length - 1) * step;
  for (let line = 0; line < lines; line++) {
    const start = offset + line * lineStep;
    let sum = (data[start] ?? 0) * (radius + 1);
    for (let place = 1; place <= radius; place++) sum += data[start + Math.min(place * step, last)] ?? 0;
    for (let place = 0; place < length; place++) {
      const at = start + place * step;
      result[at] = sum / (2 * radius + 1);
      const enters = Math.min((place + radius + 1) * step, last);
      const leaves = Math.max((place - radius) * step, 0);
      sum += (data[start + enters] ?? 0) - (data[start + leaves] ?? 0);
    }
  }
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
