import type { Box, Raster } from "@/lib/vision/raster";
import { cropTo } from "@/lib/vision/resample";
import { luminance } from "./picture";

/** Side at which a face is measured, whatever its size in the photo. */
const side = 160;
const maxGain = 6;

/**
 * Sharpness and light of a face.
 *
 * @param box of the face, in pixels of the image
 * @returns `sharpness`: variance of the Laplacian of the luminance at 160 px, in a light where the mean is 128: higher
 *   is sharper, 17 to 170 in the demo photos, 9 to 20 blurred by .8 % of the face's height, below 4 by 2 %;
 *   `light`: mean luminance of the middle of the face, 0 to 1
 */
export function measureFace(image: Raster, box: Box): { sharpness: number; light: number } {
  const { data } = cropTo(image, box, side, side);
  const grey = Float32Array.from({ length: side * side }, (_, pixel) => {
    const at = pixel * 3;
    return luminance(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
  });
  const light = meanLight(grey);
  // what is dark has little contrast, however sharp it is
  const gain = Math.min(maxGain, 0.5 / Math.max(light, 0.01));
  return {
    sharpness: Math.round(laplacianVariance(grey) * gain ** 2 * 10) / 10,
    light: Math.round(light * 1000) / 1000,
  };
}

function laplacianVariance(grey: Float32Array): number {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = 1; y < side - 1; y++) {
    for (let x = 1; x < side - 1; x++) {
      const at = y * side + x;
      const around = (grey[at - 1] ?? 0) + (grey[at + 1] ?? 0) + (grey[at - side] ?? 0) + (grey[at + side] ?? 0);
      const value = around - 4 * (grey[at] ?? 0);
      sum += value;
      squares += value * value;
      count += 1;
    }
  }
  return squares / count - (sum / count) ** 2;
}

/** Without hair and background: the middle 60 % each way. */
function meanLight(grey: Float32Array): number {
  const [from, to] = [Math.round(side * 0.2), Math.round(side * 0.8)];
  let sum = 0;
  for (let y = from; y < to; y++) for (let x = from; x < to; x++) sum += grey[y * side + x] ?? 0;
  return sum / (to - from) ** 2 / 255;
}
