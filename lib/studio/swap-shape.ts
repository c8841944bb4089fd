import { type Placement, fitPlacement, place, turnAngle } from "./mesh-fit";
import { meanMesh } from "./mesh-mean";
import { faceOval } from "./mesh-regions";
import { meshPoints, meshTriangles, withRing } from "./mesh-triangles";

export type SwapShape = {
  /** where the input's own pixels stand, and the ring around them that stays */
  before: Float32Array;
  /** where they are brought */
  after: Float32Array;
  /** degrees between the two heads, out of the plane of the picture */
  angle: number;
};

/**
 * The shape of the new face: the input's, and as far as `amount` says the photo's, turned into the input's pose. The
 * outline follows by less than the features, since the head around it stays; the ring around it does not move at all.
 *
 * @param target mesh of the face in the input @param source mesh of the face in the photo
 * @param amount 0 (the input's shape) to 1
 */
export function shapeOfSwap(target: Float32Array, source: Float32Array, amount: number): SwapShape {
  const placement = fitPose(source, target);
  const angle = turnAngle(placement);
  const placed = place(source, placement);
  // what a mesh hides of a face it guesses: the further the two heads turn apart, the less of the shape is known
  const known = Math.min(1, Math.max(0, 1 - (angle - 20) / 40));
  const shares = shapeShares();
  const before = withRing(target);
  const after = before.slice();
  for (let index = 0; index < target.length; index++) {
    const share = amount * known * (shares[Math.floor(index / 3)] ?? 0);
    after[index] = (target[index] ?? 0) + share * ((placed[index] ?? 0) - (target[index] ?? 0));
  }
  return { before, after, angle };
}

/** How a head must be turned, scaled and moved to stand like the other; mouth and jaw, which move by themselves, count little. */
export function fitPose(from: Float32Array, to: Float32Array): Placement {
  const weights = Float32Array.from({ length: meshPoints }, (_, point) =>
    (meanMesh[point * 3 + 1] ?? 0) < 80 ? 1 : 0.15,
  );
  return fitPlacement(from, to, weights);
}

let shares: Float32Array | undefined;

/** How far each point follows the photo's shape: .9 for the features, .45 at the outline. */
function shapeShares(): Float32Array {
  shares ??= Float32Array.from({ length: meshPoints }, (_, point) => {
    const toOutline = Math.min(...faceOval.map((other) => between(point, other)));
    return 0.45 + 0.45 * Math.min(1, toOutline / 200);
  });
  return shares;
}

function between(a: number, b: number): number {
  return Math.hypot(...[0, 1, 2].map((axis) => (meanMesh[a * 3 + axis] ?? 0) - (meanMesh[b * 3 + axis] ?? 0)));
}

/**
 * How much each point of a face looks at the camera: 1 straight, 0 from the side or away.
 *
 * @param points x, y, z of 504 points, in pixels
 */
export function facing(points: Float32Array): Float32Array {
  const triangles = meshTriangles();
  const normals = new Float32Array(points.length);
  for (let at = 0; at < triangles.length; at += 3) {
    const [a = 0, b = 0, c = 0] = triangles.subarray(at, at + 3);
    if (a >= meshPoints || b >= meshPoints || c >= meshPoints) continue;
    const side = (to: number, axis: number) => (points[to * 3 + axis] ?? 0) - (points[a * 3 + axis] ?? 0);
    const normal = [1, 2, 0].map((axis, index) => {
      const other = [2, 0, 1][index] ?? 0;
      return side(b, axis) * side(c, other) - side(b, other) * side(c, axis);
    });
    for (const point of [a, b, c])
      for (const axis of [0, 1, 2]) normals[point * 3 + axis] = (normals[point * 3 + axis] ?? 0) + (normal[axis] ?? 0);
  }
  return Float32Array.from({ length: points.length / 3 }, (_, point) => {
    const [x = 0, y = 0, z = 0] = normals.subarray(point * 3, point * 3 + 3);
    return Math.max(0, z / (Math.hypot(x, y, z) || 1));
  });
}
