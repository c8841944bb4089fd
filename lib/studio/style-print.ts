import { smoothStep } from "./picture";
import { type Tones, grainPlane, lumaOf, soften } from "./style-planes";
import type { Print } from "./style-prints";

/**
 * The picture with the curves, colours and grain of a print. Keeps every edge, and so the face.
 *
 * @param seed of the grain
 */
export function toPrint(picture: Tones, print: Print, seed: number): Tones {
  const { width, height } = picture;
  const lit = print.glow > 0 ? toGlowing(picture, print.glow) : picture;
  const luma = print.colour === 0 ? panchromatic(lit) : lumaOf(lit);
  const grain = print.grain > 0 ? grainPlane(width, height, 0.7, seed) : null;
  const data = new Float32Array(lit.data.length);
  for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += 3) {
    const grey = luma[pixel] ?? 0;
    const x = (pixel % width) / width - 0.5;
    const y = Math.floor(pixel / width) / height - 0.5;
    const shade = 1 - print.vignette * smoothStep(0.35, 0.95, Math.sqrt(x * x + y * y) * 1.414);
    // grain is seen in the middle tones, as in a negative
    const noise = grain === null ? 0 : (grain[pixel] ?? 0) * print.grain * (0.35 + 2.6 * grey * (1 - grey));
    const dark = (1 - grey) * (1 - grey);
    for (let channel = 0; channel < 3; channel++) {
      const own = grey + ((lit.data[at + channel] ?? 0) - grey) * print.colour;
      let value = own * (print.filter[channel] ?? 1) * shade;
      value += (print.shadows[channel] ?? 0) * dark + (print.lights[channel] ?? 0) * grey * grey;
      value = Math.min(1, Math.max(0, value));
      value += print.contrast * (value * value * (3 - 2 * value) - value) + noise;
      const black = print.black[channel] ?? 0;
      data[at + channel] = black + ((print.white[channel] ?? 1) - black) * Math.min(1, Math.max(0, value));
    }
  }
  return { data, width, height };
}

/** Grey as a film with a yellow filter sees it: skin a little lighter, skies a little darker. */
function panchromatic({ data, width, height }: Tones): Float32Array {
  const luma = new Float32Array(width * height);
  for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += 3)
    luma[pixel] = 0.4 * (data[at] ?? 0) + 0.5 * (data[at + 1] ?? 0) + 0.1 * (data[at + 2] ?? 0);
  return luma;
}

/** Bright light goes through the film, is thrown back and comes out around: reddish. */
function toGlowing(picture: Tones, glow: number): Tones {
  const { width, height } = picture;
  const luma = lumaOf(picture);
  for (let pixel = 0; pixel < luma.length; pixel++) luma[pixel] = smoothStep(0.72, 1, luma[pixel] ?? 0);
  const around = soften(luma, width, height, width / 70);
  const data = Float32Array.from(picture.data);
  for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += 3) {
    const light = (around[pixel] ?? 0) * glow;
    data[at] = 1 - (1 - (data[at] ?? 0)) * (1 - light);
    data[at + 1] = 1 - (1 - (data[at + 1] ?? 0)) * (1 - light * 0.55);
    data[at + 2] = 1 - (1 - (data[at + 2] ?? 0)) * (1 - light * 0.35);
  }
  return { data, width, height };
}
