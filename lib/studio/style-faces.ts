import type { Box } from "@/lib/vision/raster";
import type { Tones } from "./style-planes";

/** How far out a face fades, in half widths and half heights. */
const reach = 1.3;

/**
 * A painted picture with the faces partly of an unpainted one in the same tones: a style must not take away who it is.
 *
 * @param faces brow to chin, in pixels
 * @param share of the unpainted face, 0 to 1
 */
export function withFaces(painted: Tones, toned: Tones, faces: readonly Box[], share: number): Tones {
  const data = Float32Array.from(painted.data);
  for (const box of faces) blendFace({ ...painted, data }, toned, box, share);
  return { ...painted, data };
}

function blendFace({ data, width, height }: Tones, toned: Tones, box: Box, share: number): void {
  const [x, y] = [box.x + box.width / 2, box.y + box.height * 0.47];
  const [across, down] = [box.width * 0.58, box.height * 0.62];
  const [left, right] = [Math.max(0, Math.floor(x - across * reach)), Math.min(width, Math.ceil(x + across * reach))];
  const [top, bottom] = [Math.max(0, Math.floor(y - down * reach)), Math.min(height, Math.ceil(y + down * reach))];
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const away = Math.hypot((column - x) / across, (row - y) / down);
      if (away >= reach) continue;
      // whole up to half way out, then fading, so that no rim is seen
      const t = Math.min(1, (reach - away) / (reach - 0.5));
      const weight = share * t * t * (3 - 2 * t);
      const at = (row * width + column) * 3;
      for (let index = at; index < at + 3; index++) {
        const own = data[index] ?? 0;
        data[index] = own + weight * ((toned.data[index] ?? 0) - own);
      }
    }
  }
}
