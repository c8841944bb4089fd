import type { Raster } from "@/lib/vision/raster";
import { meshPoints, meshTriangles, withRing } from "./mesh-triangles";
import { likenessShares } from "./strength";
import { compose, matchSharpness, relight } from "./swap-finish";
import { insides, maskOf } from "./swap-mask";
import { type Faced, type Patch, cutSource, faceHeight, patchAround, planeOf, shifted, whole } from "./swap-patch";
import { facing, shapeOfSwap } from "./swap-shape";
import { findSkin, skinRegion } from "./swap-skin";
import { type Plane, warp, warpMap } from "./warp-triangles";

/** What is larger than this share of a face's height is light, what is smaller the face. */
const lightSize = 0.14;

/**
 * Puts the photo's face into the input's: its features and shape, in the input's pose and light.
 *
 * Both faces are brought to one shape by their meshes, so that what is between 0 and 1 shows one face and not two; the
 * photo's light, what is larger than a feature, is exchanged for the input's; where hair hangs over either face, the
 * input stays.
 *
 * @param amount 0 (nothing changes) to 1
 * @param allowed where it may change, 0 to 1 a pixel of the input; everywhere when null
 * @param seed of the grain
 * @returns the input with the face changed; the input itself is left as it is
 */
export function blendFace(input: Faced, photo: Faced, amount: number, allowed: Plane | null, seed: number): Raster {
  if (amount <= 0) return input.image;
  const shares = likenessShares(amount);
  const patch = patchAround(input);
  const { base, theirs, points, covered, shown, height } = alignFaces(input, photo, patch, shares.shape);
  const region = skinRegion(points, covered, height);
  const ownSkin = findSkin(base, region, height * lightSize);
  const theirSkin = findSkin(theirs, region, height * lightSize);
  const lit = matchSharpness(relight(theirs, theirSkin.light, ownSkin.light, region.all), base, region.all, seed);
  const mask = maskOf(points, { covered, own: ownSkin.share, theirs: theirSkin.share, shown }, height).data;
  const inside = insides(points, patch, height).data;
  return compose(input.image, patch, base, lit, (index) => ({
    face: (mask[index] ?? 0) * (shares.texture + (shares.insides - shares.texture) * (inside[index] ?? 0)),
    may: allowed ? shareAt(allowed, patch, index) : 1,
  }));
}

type Aligned = {
  /** the input's pixels in the new shape */
  base: Plane;
  /** the photo's pixels in the new shape */
  theirs: Plane;
  /** the new shape */
  points: Float32Array;
  /** 1 where it covers a pixel */
  covered: Plane;
  /** how well the photo shows what is there, 0 to 1 a pixel */
  shown: Float32Array;
  /** of the face, in pixels */
  height: number;
};

/** Both pictures brought to the one shape that the new face has. */
function alignFaces(input: Faced, photo: Faced, patch: Patch, amount: number): Aligned {
  const mesh = shifted(input.mesh, patch.left, patch.top, 1);
  const height = faceHeight(mesh);
  const source = cutSource(photo, height);
  const sourcePoints = withRing(source.mesh);
  const { before, after } = shapeOfSwap(mesh, source.mesh, amount);
  const triangles = meshTriangles();
  const looks = facing(sourcePoints);
  const own = planeOf(input.image, patch);
  const base = warp(own, warpMap(triangles, before, after, looks, patch), own);
  const face = triangles.filter((_, index) => {
    const first = index - (index % 3);
    return triangles.subarray(first, first + 3).every((point) => point < meshPoints);
  });
  const map = warpMap(face, sourcePoints, after, looks, patch);
  const theirs = warp(planeOf(source.image, whole(source.image)), map, base);
  const covered = map.x.map((x) => (x < 0 ? 0 : 1));
  return {
    ...{ base, theirs, points: after, shown: map.value, height },
    covered: { data: covered, width: patch.width, height: patch.height, channels: 1 },
  };
}

function shareAt({ data, width }: Plane, patch: Patch, index: number): number {
  const y = patch.top + Math.floor(index / patch.width);
  return data[y * width + patch.left + (index % patch.width)] ?? 0;
}
