import { belowBrows, leftBrow, leftEye, lips, rightBrow, rightEye } from "./mesh-regions";
import { blur, blurWeighted } from "./warp-blur";
import { type Plane, fillOutline } from "./warp-triangles";

/** Of a face: how much each pixel is bare skin (0 to 1), and the light on it: its colours with all that is small blurred away. */
export type Skin = { share: Plane; light: Plane };

/** Where skin can be looked for in a face: all of it but eyes, brows and mouth; and the part of that below the brows. */
export type SkinRegion = { all: Plane; sure: Plane };

/**
 * @param covered 1 where the mesh covers a pixel
 * @param height of the face, in pixels
 */
export function skinRegion(points: Float32Array, covered: Plane, height: number): SkinRegion {
  const size = { width: covered.width, height: covered.height };
  const features = [leftBrow, rightBrow, leftEye, rightEye, lips];
  const data = new Float32Array(covered.data.length);
  for (const outline of features) {
    const part = fillOutline(points, outline, size.width, size.height);
    for (let index = 0; index < data.length; index++) data[index] = (data[index] ?? 0) + (part.data[index] ?? 0);
  }
  const near = blur({ ...covered, data }, height * 0.02).data;
  const all = covered.data.map((inside, index) => inside * Math.max(0, 1 - 4 * (near[index] ?? 0)));
  const lower = fillOutline(points, belowBrows, size.width, size.height).data;
  const sure = all.map((share, index) => share * (lower[index] ?? 0));
  return { all: { ...covered, data: all }, sure: { ...covered, data: sure } };
}

/**
 * Finds the skin by what most of the face below the brows looks like, and the light on it. Hair, glasses and a hand's
 * shadow differ from what is around them, and are left out in a second look.
 *
 * @param face RGB, 0 to 255
 * @param sigma of the blur, in pixels: what is smaller belongs to the face, what is larger to the light
 */
export function findSkin(face: Plane, { all, sure }: SkinRegion, sigma: number): Skin {
  let share = sure;
  let light = blurWeighted(face, share, sigma * 1.5, meanColour(face, share));
  for (let look = 0; look < 2; look++) {
    share = { ...all, data: all.data.map((inside, index) => (inside > 0 ? inside * likeness(face, light, index) : 0)) };
    light = blurWeighted(face, share, sigma, meanColour(face, share));
  }
  const likely = Float32Array.from(all.data, (_, index) => likeness(face, light, index));
  return { share: { ...all, data: likely }, light };
}

/** 1 where a pixel has about the light and the hue of the skin around it, down to 0. */
function likeness(face: Plane, light: Plane, index: number): number {
  const red = ratio(face, light, index * 3);
  const green = ratio(face, light, index * 3 + 1);
  const blue = ratio(face, light, index * 3 + 2);
  const lightness = (red + green + blue) / 3;
  const hue = ((red - green) ** 2 + (green - blue) ** 2) / 0.09;
  const off = (lightness < 0 ? lightness / 0.35 : lightness / 0.6) ** 2 + hue;
  return Math.exp(-0.5 * off * off);
}

function ratio(face: Plane, light: Plane, at: number): number {
  return Math.log(((face.data[at] ?? 0) + 8) / ((light.data[at] ?? 0) + 8));
}

function meanColour({ data }: Plane, { data: weight }: Plane): number[] {
  const sums = [0, 0, 0];
  let total = 0;
  for (let index = 0; index < weight.length; index++) {
    const share = weight[index] ?? 0;
    total += share;
    for (let channel = 0; channel < 3; channel++)
      sums[channel] = (sums[channel] ?? 0) + share * (data[index * 3 + channel] ?? 0);
  }
  return sums.map((sum) => (total > 0 ? sum / total : 128));
}
