import { seededRandom } from "@/lib/seeded-random";
import type { Raster } from "@/lib/vision/raster";
import type { Patch } from "./swap-patch";
import { blur } from "./warp-blur";
import type { Plane } from "./warp-triangles";

/** How far a pixel's hue may be from the light's, as a logarithm: lips and eyes far, skin little. */
const hueLimits = { features: 0.28, skin: 0.1 };

/**
 * The face under another light: what each pixel is to the light around it stays, the light is exchanged. Hues that no
 * skin has are spots of coloured light, and are taken back.
 *
 * @param from the light on the face @param to the light it gets; both as `findSkin` gives them
 * @param skin where it is skin, 0 to 1
 */
export function relight(face: Plane, from: Plane, to: Plane, skin: Plane): Plane {
  const data = new Float32Array(face.data.length);
  for (let at = 0; at < data.length; at += 3) {
    const red = ratio(face, from, at);
    const green = ratio(face, from, at + 1);
    const blue = ratio(face, from, at + 2);
    const lightness = (red + green + blue) / 3;
    const hue = Math.hypot(red - lightness, green - lightness, blue - lightness);
    const limit = hueLimits.features + (hueLimits.skin - hueLimits.features) * (skin.data[at / 3] ?? 0);
    const keep = limit / (limit + Math.max(0, hue - limit));
    data[at] = ((to.data[at] ?? 0) + 4) * Math.exp(lightness + keep * (red - lightness)) - 4;
    data[at + 1] = ((to.data[at + 1] ?? 0) + 4) * Math.exp(lightness + keep * (green - lightness)) - 4;
    data[at + 2] = ((to.data[at + 2] ?? 0) + 4) * Math.exp(lightness + keep * (blue - lightness)) - 4;
  }
  return { ...face, data };
}

function ratio(face: Plane, light: Plane, at: number): number {
  return Math.min(0.9, Math.log(((face.data[at] ?? 0) + 4) / ((light.data[at] ?? 0) + 4)));
}

/**
 * The face as sharp as the one it replaces: blurred where it is sharper, with some grain where it is smoother.
 *
 * @param region where both are compared, 0 to 1
 */
export function matchSharpness(face: Plane, model: Plane, region: Plane, seed: number): Plane {
  const wanted = detail(model, region);
  let matched = face;
  let has = detail(face, region);
  for (let sigma = 1.4; has > wanted * 1.3 && sigma < 8; sigma *= 1.6) {
    const softer = blur(face, sigma);
    const hasSofter = detail(softer, region);
    const share = Math.min(1, (has - wanted * 1.15) / Math.max(0.01, has - hasSofter));
    const from = matched;
    matched = { ...face, data: from.data.map((value, index) => value + share * ((softer.data[index] ?? 0) - value)) };
    has = detail(matched, region);
  }
  const missing = Math.min(4, (wanted - has) * 0.8);
  if (missing < 0.3) return matched;
  const random = seededRandom(seed);
  const grain = Float32Array.from(
    { length: face.width * face.height },
    () => (random() + random() + random() - 1.5) * 2,
  );
  const soft = blur({ data: grain, width: face.width, height: face.height, channels: 1 }, 0.5);
  return {
    ...matched,
    data: matched.data.map((value, index) => value + missing * (soft.data[Math.floor(index / 3)] ?? 0)),
  };
}

/** Mean of what a small blur takes away from the green channel, 0 to 255. */
function detail(plane: Plane, region: Plane): number {
  const { width, height } = plane;
  const green = Float32Array.from({ length: width * height }, (_, index) => plane.data[index * 3 + 1] ?? 0);
  const blurred = blur({ data: green, width, height, channels: 1 }, 1.4).data;
  let sum = 0;
  let total = 0;
  for (let index = 0; index < green.length; index++) {
    const weight = region.data[index] ?? 0;
    sum += weight * Math.abs((green[index] ?? 0) - (blurred[index] ?? 0));
    total += weight;
  }
  return total > 0 ? sum / total : 0;
}

/**
 * The input with its patch replaced: by `base` where it may change, and over it by the face.
 *
 * @param shares of a pixel of the patch: how much it may change at all, and how much of it is the new face
 */
export function compose(
  input: Raster,
  patch: Patch,
  base: Plane,
  face: Plane,
  shares: (index: number) => { may: number; face: number },
): Raster {
  const data = Uint8Array.from(input.data);
  for (let index = 0; index < patch.width * patch.height; index++) {
    const y = patch.top + Math.floor(index / patch.width);
    const at = (y * input.width + patch.left + (index % patch.width)) * input.channels;
    const { may, face: share } = shares(index);
    for (let channel = 0; channel < 3; channel++) {
      const under = base.data[index * 3 + channel] ?? 0;
      const value = under + share * ((face.data[index * 3 + channel] ?? 0) - under);
      const own = input.data[at + channel] ?? 0;
      data[at + channel] = Math.min(255, Math.max(0, Math.round(own + may * (value - own))));
    }
  }
  return { ...input, data };
}
