import { smoothStep } from "./picture";
import { strokes, toLines, toPatches } from "./style-patches";
import { type Tones, grainPlane, lumaOf, soften } from "./style-planes";

/** A broad brush: patches, then light from the side on the ridges of the paint. */
export function toOil(picture: Tones, seed: number): Tones {
  const { width, height } = picture;
  const scale = width / 768;
  const painted = toPatches(toPatches(picture, 6 * scale), 4 * scale);
  const luma = lumaOf(painted);
  const bristles = strokes(luma, width, height, seed);
  const data = Float32Array.from(painted.data);
  for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += 3) {
    const left = pixel % width === 0 ? pixel : pixel - 1;
    const above = pixel < width ? pixel : pixel - width;
    const here = bristles[pixel] ?? 0;
    const ridge =
      (here - (bristles[left] ?? 0) + here - (bristles[above] ?? 0)) * 0.024 * (0.35 + 0.65 * (luma[pixel] ?? 0));
    for (let channel = 0; channel < 3; channel++)
      data[at + channel] = Math.min(1, Math.max(0, (data[at + channel] ?? 0) * (1 + here * 0.025) + ridge));
  }
  return { data, width, height };
}

/** Washes with darker rims, on a paper whose grain shows, that end before the paper does. */
export function toWatercolour(picture: Tones, seed: number): Tones {
  const { width, height } = picture;
  const scale = width / 768;
  const washes = toPatches(toPatches(picture, 7 * scale), 5 * scale);
  const luma = lumaOf(washes);
  const wide = soften(luma, width, height, 3.5 * scale);
  const lines = toLines(lumaOf(picture), width, height, 1.1 * scale, 16);
  const paper = grainPlane(width, height, 1.3 * scale, seed);
  const pools = grainPlane(width, height, 26 * scale, seed + 1);
  const ragged = grainPlane(width, height, 9 * scale, seed + 2);
  const data = new Float32Array(washes.data.length);
  for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += 3) {
    const x = pixel % width;
    const y = (pixel - x) / width;
    const edge = Math.min(x, width - 1 - x, y, height - 1 - y) / scale + (ragged[pixel] ?? 0) * 6;
    const wet = smoothStep(22, 31, edge);
    const rim =
      1 +
      0.4 * smoothStep(0.012, 0.06, Math.abs((luma[pixel] ?? 0) - (wide[pixel] ?? 0))) +
      0.3 * wet * (1 - smoothStep(28, 40, edge));
    const thick = wet * rim * (0.76 + 0.08 * (pools[pixel] ?? 0) + 0.045 * (paper[pixel] ?? 0));
    const line = 0.72 + 0.28 * (lines[pixel] ?? 1);
    for (let channel = 0; channel < 3; channel++) {
      // colour on paper darkens it as a filter does: more of it, a power of it
      const through = Math.max(0.02, washes.data[at + channel] ?? 0) ** Math.max(0, thick);
      data[at + channel] = Math.min(1, through * (wet > 0.5 ? line : 1) * (channel === 2 ? 0.965 : 0.985));
    }
  }
  return { data, width, height };
}

/** Few tones with firm borders, and a dark line where shapes meet. */
export function toPoster(picture: Tones): Tones {
  const { width, height } = picture;
  const scale = width / 768;
  const flat = toPatches(toPatches(picture, 5 * scale), 5 * scale);
  const luma = lumaOf(flat);
  const lines = toLines(lumaOf(toPatches(picture, 2 * scale)), width, height, 1.5 * scale, 26);
  const data = new Float32Array(flat.data.length);
  const levels = 6;
  for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += 3) {
    const grey = Math.max(0.004, luma[pixel] ?? 0);
    const step = grey * levels;
    const level = (Math.floor(step) + smoothStep(0.38, 0.62, step - Math.floor(step))) / levels;
    const factor = ((0.25 * grey + 0.75 * level) / grey) * (0.25 + 0.75 * (lines[pixel] ?? 1));
    for (let channel = 0; channel < 3; channel++)
      data[at + channel] = Math.min(1, (flat.data[at + channel] ?? 0) * factor);
  }
  return { data, width, height };
}
