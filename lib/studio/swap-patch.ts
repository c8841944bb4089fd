import type { Raster } from "@/lib/vision/raster";
import { cropTo } from "@/lib/vision/resample";
import { withRing } from "./mesh-triangles";
import type { Plane } from "./warp-triangles";

/** A picture and the mesh of a face in it: x, y, z of 468 points, in its pixels. */
export type Faced = { image: Raster; mesh: Float32Array };

/** A part of a picture, in whole pixels. */
export type Patch = { left: number; top: number; width: number; height: number };

/** From the chin to the top of the forehead, in pixels. */
export function faceHeight(mesh: Float32Array): number {
  const side = (axis: number) => (mesh[10 * 3 + axis] ?? 0) - (mesh[152 * 3 + axis] ?? 0);
  return Math.hypot(side(0), side(1), side(2));
}

/** What of the picture the face and the ring around it cover. */
export function patchAround({ image, mesh }: Faced): Patch {
  const points = withRing(mesh);
  const range = (axis: number, limit: number) => {
    let [low, high] = [Infinity, -Infinity];
    for (let at = axis; at < points.length; at += 3) {
      low = Math.min(low, points[at] ?? 0);
      high = Math.max(high, points[at] ?? 0);
    }
    const first = Math.min(limit - 1, Math.max(0, Math.floor(low) - 2));
    return [first, Math.max(1, Math.min(limit, Math.ceil(high) + 2) - first)] as const;
  };
  const [left, width] = range(0, image.width);
  const [top, height] = range(1, image.height);
  return { left, top, width, height };
}

export function whole({ width, height }: Raster): Patch {
  return { left: 0, top: 0, width, height };
}

/** A mesh in the pixels of a part of its picture. */
export function shifted(mesh: Float32Array, left: number, top: number, scale: number): Float32Array {
  return mesh.map((value, index) => scale * (value - (index % 3 === 0 ? left : index % 3 === 1 ? top : 0)));
}

/** The photo's face, no larger than it will be needed: what shrinks must not alias. */
export function cutSource({ image, mesh }: Faced, height: number): Faced {
  const { left, top, ...size } = patchAround({ image, mesh });
  const scale = Math.min(1, height / faceHeight(mesh));
  const [width, tall] = [Math.ceil(size.width * scale), Math.ceil(size.height * scale)];
  const box = { x: left, y: top, width: width / scale, height: tall / scale };
  return { image: cropTo(image, box, width, tall), mesh: shifted(mesh, left, top, scale) };
}

/** Red, green and blue of a part, 0 to 255. */
export function planeOf({ data, width: row, channels }: Raster, { left, top, width, height }: Patch): Plane {
  const plane = new Float32Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = ((top + y) * row + left + x) * channels;
      for (let channel = 0; channel < 3; channel++) plane[to++] = data[at + channel] ?? 0;
    }
  return { data: plane, width, height, channels: 3 };
}
