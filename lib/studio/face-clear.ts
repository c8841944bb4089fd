import type { Raster } from "@/lib/vision/raster";
import { faceOval, leftBrow, leftEye, lips, rightBrow, rightEye } from "./mesh-regions";
import { withRing } from "./mesh-triangles";
import { compose } from "./swap-finish";
import { faceHeight, patchAround, planeOf, shifted } from "./swap-patch";
import { blur } from "./warp-blur";
import { type Plane, fillOutline } from "./warp-triangles";

/** How much light may differ, 0 to 255, within what is smoothed: grain, but no wrinkle. More where there is more grain. */
const grain = { least: 7, most: 26 };
/** How much clearer eyes, brows and mouth get, and all of the face against its surroundings. */
const clearer = { features: 0.45, face: 0.12 };

/**
 * One face cleared: grain smoothed where nothing else is, colour more so, and a little more contrast.
 *
 * @param mesh x, y, z of the 468 points, in pixels of the image
 * @param amount 0 to 1
 * @returns a copy; outside the face it is the same to the byte
 */
export function clearFace(image: Raster, mesh: Float32Array, amount: number): Raster {
  const patch = patchAround({ image, mesh });
  const points = withRing(shifted(mesh, patch.left, patch.top, 1));
  const height = faceHeight(mesh);
  const size = { width: patch.width, height: patch.height };
  const face = planeOf(image, patch);
  const light = lightOf(face);
  const features = unionOf(points, [leftEye, rightEye, leftBrow, rightBrow, lips], size);
  const sharp = blur(features, height * 0.015).data;
  const noise = noiseOf(light);
  const differs = Math.min(grain.most, Math.max(grain.least, 1.6 * noise));
  const smooth = smoothed(light, light, Math.max(1.5, height * 0.008), differs ** 2).data;
  const near = blur(light, Math.max(1.5, height * 0.012)).data;
  const wide = blur(light, height * 0.06).data;
  const cleared = new Float32Array(face.data.length);
  const calm = calmColour(face, light, Math.max(2, height * 0.02));
  for (let index = 0; index < light.data.length; index++) {
    const own = light.data[index] ?? 0;
    const isFeature = sharp[index] ?? 0;
    const even = own + (1 - isFeature) * 0.8 * ((smooth[index] ?? 0) - own);
    const crisp = isFeature * clearer.features * Math.min(1, 3 / noise) * (own - (near[index] ?? 0));
    const value = even + crisp + clearer.face * (even - (wide[index] ?? 0));
    for (let channel = 0; channel < 3; channel++)
      cleared[index * 3 + channel] = value + (calm[index * 3 + channel] ?? 0);
  }
  const inside = blur(unionOf(points, [faceOval], size), height * 0.04).data;
  return compose(image, patch, face, { ...face, data: cleared }, (index) => ({
    face: amount * Math.min(1, Math.max(0, ((inside[index] ?? 0) - 0.4) / 0.5)),
    may: 1,
  }));
}

/** The usual difference between a pixel and those around it, 0 to 255, as a standard deviation; at least 1. */
function noiseOf(light: Plane): number {
  const around = blur(light, 1.4).data;
  const differences = light.data.map((value, index) => Math.abs(value - (around[index] ?? 0))).sort();
  return Math.max(1, 1.48 * (differences[Math.floor(differences.length / 2)] ?? 0));
}

function lightOf({ data, width, height }: Plane): Plane {
  const light = new Float32Array(width * height);
  for (let index = 0; index < light.length; index++)
    light[index] =
      0.2126 * (data[index * 3] ?? 0) + 0.7152 * (data[index * 3 + 1] ?? 0) + 0.0722 * (data[index * 3 + 2] ?? 0);
  return { data: light, width, height, channels: 1 };
}

/** Colours less their light, with specks smoothed along the light's edges. */
function calmColour(face: Plane, light: Plane, sigma: number): Float32Array {
  const calm = new Float32Array(face.data.length);
  for (let channel = 0; channel < 3; channel++) {
    const data = light.data.map((value, index) => (face.data[index * 3 + channel] ?? 0) - value);
    const even = smoothed({ ...light, data }, light, sigma, 20 ** 2).data;
    for (let index = 0; index < data.length; index++) {
      const own = data[index] ?? 0;
      const off = (even[index] ?? 0) - own;
      // a speck is a little off; lips and make-up are far off, and stay
      calm[index * 3 + channel] = own + off * Math.exp(-((off / 18) ** 2));
    }
  }
  return calm;
}

/** Smoothed, but not across the edges of the guide (He, Sun and Tang, Guided Image Filtering, ECCV 2010). */
function smoothed(plane: Plane, guide: Plane, sigma: number, epsilon: number): Plane {
  const times = (a: Plane, b: Plane): Plane => ({
    ...a,
    data: a.data.map((value, index) => value * (b.data[index] ?? 0)),
  });
  const means = [guide, plane, times(guide, guide), times(guide, plane)].map((each) => blur(each, sigma).data);
  const [ofGuide, ofPlane, ofSquares, ofProducts] = means;
  const slope = guide.data.map((_, index) => {
    const mean = ofGuide?.[index] ?? 0;
    const variance = Math.max(0, (ofSquares?.[index] ?? 0) - mean * mean);
    return ((ofProducts?.[index] ?? 0) - mean * (ofPlane?.[index] ?? 0)) / (variance + epsilon);
  });
  const offset = slope.map((value, index) => (ofPlane?.[index] ?? 0) - value * (ofGuide?.[index] ?? 0));
  const [slopes, offsets] = [slope, offset].map((data) => blur({ ...plane, data }, sigma).data);
  const data = guide.data.map((value, index) => (slopes?.[index] ?? 0) * value + (offsets?.[index] ?? 0));
  return { ...plane, data };
}

function unionOf(
  points: Float32Array,
  outlines: readonly (readonly number[])[],
  { width, height }: { width: number; height: number },
): Plane {
  const data = new Float32Array(width * height);
  for (const outline of outlines) {
    const part = fillOutline(points, outline, width, height).data;
    for (let index = 0; index < data.length; index++) data[index] = Math.max(data[index] ?? 0, part[index] ?? 0);
  }
  return { data, width, height, channels: 1 };
}
