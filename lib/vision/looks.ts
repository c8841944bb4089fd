import type { Box, Raster } from "./raster";
import { cropTo } from "./resample";

/** A way to show an image to the detector, and the part of the image that is shown. */
export type Look = { pixels: Raster; shown: Box };

/** Longest side at which faces are looked for: the network itself sees 512. */
const searchSide = 640;

/**
 * The image as it is, then, for when nothing is found, ever other ways to see it. The detector misses faces that fill
 * the picture, are dark or are blurred: of 16 faces .45 of the picture's height it finds 2 at a quarter of the light and
 * 1 when blurred by 1.5 % of their height; with all looks 16 and 14.
 */
export function* looksAt(image: Raster, isThorough: boolean): Generator<Look> {
  const whole = show(image, 0);
  if (isThorough) yield whole;
  yield { ...whole, pixels: evenLight(whole.pixels) };
  if (!isThorough) return;
  for (const margin of [0.5, 1]) {
    const wider = show(image, margin);
    yield { ...wider, pixels: evenLight(wider.pixels) };
  }
}

/** @param margin around the image, as a share of its sides; there its edge goes on */
function show(image: Raster, margin: number): Look {
  const shown = {
    x: -image.width * margin,
    y: -image.height * margin,
    width: image.width * (1 + 2 * margin),
    height: image.height * (1 + 2 * margin),
  };
  const scale = Math.min(1, searchSide / Math.max(shown.width, shown.height));
  const width = Math.max(1, Math.round(shown.width * scale));
  const height = Math.max(1, Math.round(shown.height * scale));
  return { pixels: cropTo(image, shown, width, height), shown };
}

/** Stretched between its darkest and its lightest hundredth, with its mean near the middle. */
function evenLight({ data, ...size }: Raster): Raster {
  const counts = new Float64Array(256);
  for (let at = 0; at < data.length; at += 3) {
    const light = 0.2126 * (data[at] ?? 0) + 0.7152 * (data[at + 1] ?? 0) + 0.0722 * (data[at + 2] ?? 0);
    const level = Math.floor(light);
    counts[level] = (counts[level] ?? 0) + 1;
  }
  const pixels = data.length / 3;
  const levelAt = (share: number) => {
    let sum = 0;
    return counts.findIndex((count) => (sum += count) >= share * pixels);
  };
  const darkest = levelAt(0.01);
  const range = Math.max(1, levelAt(0.99) - darkest);
  const mean = counts.reduce((sum, count, level) => sum + count * level, 0) / pixels;
  const place = Math.min(0.98, Math.max(0.02, (mean - darkest) / range));
  const gamma = Math.min(1, Math.log(0.45) / Math.log(place));
  const levels = Uint8Array.from({ length: 256 }, (_, level) => {
    const value = Math.min(1, Math.max(0, (level - darkest) / range));
    return Math.round(255 * value ** gamma);
  });
  return { ...size, data: data.map((level) => levels[level] ?? 0) };
}
