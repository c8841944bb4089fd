import { FloatType } from "three";
import { EXRLoader } from "three/examples/jsm/loaders/EXRLoader.js";
import type { Picture } from "./picture";

/** The panoramas of @pmndrs/assets (CC0), 512 × 256 in linear light. */
export type PanoramaName =
  | "apartment"
  | "bridge"
  | "city"
  | "dawn"
  | "esplanade"
  | "forest"
  | "hall"
  | "lobby"
  | "night"
  | "park"
  | "sky"
  | "sunrise"
  | "sunset"
  | "venice"
  | "warehouse"
  | "workshop";

/** Brighter than this is the sun or a lamp: it would drown everything when it is blurred. In multiples of white. */
const brightest = 24;
const maxKept = 4;
const kept = new Map<PanoramaName, Picture>();

/** A panorama; decoded once (30–300 ms), the last few are kept. @throws {Error} the package's file is missing */
export async function loadPanorama(name: PanoramaName): Promise<Picture> {
  const known = kept.get(name);
  if (known !== undefined) return known;
  const { default: address } = (await import(`@pmndrs/assets/hdri/${name}.exr.js`)) as { default: string };
  const bytes = Buffer.from(address.slice(address.indexOf(",") + 1), "base64");
  const loader = new EXRLoader();
  loader.setDataType(FloatType);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const panorama = toPicture(loader.parse(buffer) as ParsedExr);
  if (kept.size >= maxKept) kept.delete(kept.keys().next().value ?? name);
  kept.set(name, panorama);
  return panorama;
}

type ParsedExr = { data: Float32Array; width: number; height: number };

/** From the bottom up as it is in the file, to the top down; what is no number is a lamp. */
function toPicture({ data, width, height }: ParsedExr): Picture {
  const channels = data.length / width / height;
  const target = new Float32Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = ((height - 1 - y) * width + x) * channels;
      const to = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const value = data[from + channel] ?? 0;
        target[to + channel] = Number.isFinite(value) ? Math.min(brightest, Math.max(0, value)) : brightest;
      }
    }
  }
  return { width, height, data: target };
}

export type View = {
  /** where the camera looks: 0 to 360 along the panorama, its middle at 180 */
  heading: number;
  /** degrees, up is positive */
  tilt: number;
  /** degrees from the left edge to the right */
  angle: number;
};

/** What a camera sees of a panorama, read between its pixels. */
export function viewOf(panorama: Picture, { heading, tilt, angle }: View, width: number, height: number): Picture {
  const target = new Float32Array(width * height * 3);
  const focus = width / 2 / Math.tan((angle * Math.PI) / 360);
  const turn = (heading * Math.PI) / 180;
  const [cos, sin] = [Math.cos((tilt * Math.PI) / 180), Math.sin((tilt * Math.PI) / 180)];
  for (let y = 0; y < height; y++) {
    const up = height / 2 - y - 0.5;
    for (let x = 0; x < width; x++) {
      const right = x + 0.5 - width / 2;
      const forward = focus * cos - up * sin;
      const above = focus * sin + up * cos;
      const longitude = (turn + Math.atan2(right, forward)) / (2 * Math.PI);
      const latitude = 0.5 - Math.atan2(above, Math.hypot(right, forward)) / Math.PI;
      sample(panorama, longitude * panorama.width, latitude * panorama.height, target, (y * width + x) * 3);
    }
  }
  return { width, height, data: target };
}

function sample({ data, width, height }: Picture, x: number, y: number, target: Float32Array, at: number): void {
  const left = Math.floor(x - 0.5);
  const top = Math.floor(y - 0.5);
  const u = x - 0.5 - left;
  const v = y - 0.5 - top;
  const x0 = ((left % width) + width) % width;
  const x1 = (x0 + 1) % width;
  const y0 = Math.min(height - 1, Math.max(0, top));
  const y1 = Math.min(height - 1, Math.max(0, top + 1));
  for (let channel = 0; channel < 3; channel++) {
    const above =
      (data[(y0 * width + x0) * 3 + channel] ?? 0) * (1 - u) + (data[(y0 * width + x1) * 3 + channel] ?? 0) * u;
    const below =
      (data[(y1 * width + x0) * 3 + channel] ?? 0) * (1 - u) + (data[(y1 * width + x1) * 3 + channel] ?? 0) * u;
    target[at + channel] = above * (1 - v) + below * v;
  }
}
