import { smoothStep } from "./picture";
import { toLines, toPatches } from "./style-patches";
import { type Tones, grainPlane, lumaOf, soften } from "./style-planes";

/** Graphite: the paper stays where it is as light as around (a colour dodge), strokes lie over the shadows. */
export function toPencil(picture: Tones, seed: number): Tones {
  const { width, height } = picture;
  const scale = width / 768;
  const luma = toPaper(lumaOf(picture));
  const around = soften(luma, width, height, 9 * scale);
  const tooth = grainPlane(width, height, 0.8 * scale, seed);
  const data = new Float32Array(picture.data.length);
  for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += 3) {
    const x = pixel % width;
    const y = (pixel - x) / width;
    const grey = luma[pixel] ?? 0;
    const dodge = Math.min(1, grey / Math.max(0.04, around[pixel] ?? 0));
    const hatch = 0.5 + 0.5 * Math.sin(((x + y * 0.72) / scale) * 1.15 + (tooth[pixel] ?? 0) * 0.5);
    const shade = (1 - smoothStep(0.08, 0.62, grey)) * (0.34 + 0.26 * hatch) + (1 - smoothStep(0.3, 0.9, grey)) * 0.16;
    const value = dodge ** 1.7 * (1 - shade) + (tooth[pixel] ?? 0) * 0.035 * (1.2 - grey);
    const tone = Math.min(1, Math.max(0, value));
    data[at] = 0.15 + 0.82 * tone;
    data[at + 1] = 0.15 + 0.815 * tone;
    data[at + 2] = 0.16 + 0.79 * tone;
  }
  return { data, width, height };
}

/** Pen and wash: lines, black where it is black, hatching in the shadows, a thin grey wash below. */
export function toInk(picture: Tones): Tones {
  const { width, height } = picture;
  const scale = width / 768;
  const calm = toPatches(picture, 2.5 * scale);
  const luma = toPaper(lumaOf(calm));
  const fine = toLines(luma, width, height, 1 * scale, 60);
  const broad = toLines(luma, width, height, 2.2 * scale, 40);
  const data = new Float32Array(calm.data.length);
  for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += 3) {
    const x = (pixel % width) / scale;
    const y = Math.floor(pixel / width) / scale;
    const grey = luma[pixel] ?? 0;
    const one = smoothStep(-0.35, 0.35, Math.sin((x + y) * 0.9) + 1.35 * smoothStep(0.16, 0.5, grey) - 0.1);
    const two = smoothStep(-0.35, 0.35, Math.sin((x - y) * 0.9) + 1.6 * smoothStep(0.06, 0.3, grey) - 0.1);
    const solid = smoothStep(0.05, 0.13, grey);
    const wash = 0.7 + 0.3 * smoothStep(0.1, 0.7, grey);
    const tone =
      (fine[pixel] ?? 1) * (0.4 + 0.6 * (broad[pixel] ?? 1)) * (0.45 + 0.55 * one) * (0.4 + 0.6 * two) * solid * wash;
    data[at] = 0.07 + 0.905 * tone;
    data[at + 1] = 0.07 + 0.892 * tone;
    data[at + 2] = 0.11 + 0.82 * tone;
  }
  return { data, width, height };
}

/** A drawing of the dark is made on white paper too: the middle tone of the picture becomes a light one. */
function toPaper(luma: Float32Array): Float32Array {
  const sorted = Float32Array.from(
    { length: 2048 },
    (_, index) => luma[Math.floor((index * luma.length) / 2048)] ?? 0,
  ).sort();
  const middle = Math.min(0.95, Math.max(0.02, sorted[1024] ?? 0.5));
  const power = Math.min(1, Math.max(0.4, Math.log(0.58) / Math.log(middle)));
  for (let pixel = 0; pixel < luma.length; pixel++) luma[pixel] = (luma[pixel] ?? 0) ** power;
  return luma;
}
