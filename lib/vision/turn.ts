import type { Raster } from "./raster";

/** An image turned clockwise by quarters of a turn, pixel by pixel. @param quarters 0 to 3; 0 gives the image itself */
export function turnQuarters(image: Raster, quarters: number): Raster {
  if (quarters % 4 === 0) return image;
  const { data, width, height, channels } = image;
  const isSideways = quarters % 2 === 1;
  const [newWidth, newHeight] = isSideways ? [height, width] : [width, height];
  const target = new Uint8Array(data.length);
  for (let y = 0; y < newHeight; y++) {
    for (let x = 0; x < newWidth; x++) {
      const sourceX = quarters === 1 ? y : quarters === 2 ? width - 1 - x : width - 1 - y;
      const sourceY = quarters === 1 ? height - 1 - x : quarters === 2 ? height - 1 - y : x;
      const from = (sourceY * width + sourceX) * channels;
      const to = (y * newWidth + x) * channels;
      for (let channel = 0; channel < channels; channel++) target[to + channel] = data[from + channel] ?? 0;
    }
  }
  return { data: target, width: newWidth, height: newHeight, channels };
}
