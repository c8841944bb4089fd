import { meanMesh } from "./mesh-mean";
import { faceOval } from "./mesh-regions";

/** Points of a face's mesh; the ring around it follows them, one point for each of the oval's. */
export const meshPoints = 468;

/** By how much the ring lies further from the middle of the face than the oval. */
const ringReach = 1.45;

let found: Int16Array | undefined;

/**
 * Three points a triangle, over the mesh and the ring around it. The same triangles fit every face: they are Delaunay's
 * of the mean face, unrolled from a cylinder so that the sides of the face are as wide as its front.
 */
export function meshTriangles(): Int16Array {
  found ??= triangulate(unrolled());
  return found;
}

/**
 * A mesh with its ring: for each point of the oval one further out, in the plane of the picture.
 *
 * @param mesh x, y, z of 468 points
 * @returns x, y, z of 504 points
 */
export function withRing(mesh: Float32Array): Float32Array {
  const all = new Float32Array((meshPoints + faceOval.length) * 3);
  all.set(mesh);
  const middle = [0, 1].map(
    (axis) => faceOval.reduce((sum, point) => sum + (mesh[point * 3 + axis] ?? 0), 0) / faceOval.length,
  );
  for (const [index, point] of faceOval.entries()) {
    const at = (meshPoints + index) * 3;
    for (const axis of [0, 1]) {
      const centre = middle[axis] ?? 0;
      all[at + axis] = centre + ringReach * ((mesh[point * 3 + axis] ?? 0) - centre);
    }
    all[at + 2] = mesh[point * 3 + 2] ?? 0;
  }
  return all;
}

/** The mean face as a map: how far round the cylinder, and how far down. */
function unrolled(): Float64Array {
  const axis = 450;
  const flat = new Float64Array((meshPoints + faceOval.length) * 2);
  for (let point = 0; point < meshPoints; point++) {
    const [x = 0, y = 0, z = 0] = meanMesh.subarray(point * 3, point * 3 + 3);
    flat[point * 2] = Math.atan2(x, axis - z) * axis;
    flat[point * 2 + 1] = y;
  }
  for (const [index, point] of faceOval.entries()) {
    for (const part of [0, 1]) flat[(meshPoints + index) * 2 + part] = ringReach * (flat[point * 2 + part] ?? 0);
  }
  // no four points on one circle: each has its own small step aside
  return flat.map((value, index) => value + ((index * 7919) % 101) / 1e4);
}

type Triangle = { points: [number, number, number]; x: number; y: number; reach: number };

/** Delaunay's triangulation by inserting point after point (Bowyer and Watson); 20 ms for 504 points, once. */
function triangulate(flat: Float64Array): Int16Array {
  const count = flat.length / 2;
  const at = Float64Array.of(...flat, -1e5, -1e5, 1e5, -1e5, 0, 2e5);
  let triangles = [circled(at, count, count + 1, count + 2)];
  for (let point = 0; point < count; point++) {
    const [x, y] = [at[point * 2] ?? 0, at[point * 2 + 1] ?? 0];
    const edges = new Map<string, [number, number]>();
    triangles = triangles.filter((triangle) => {
      if ((triangle.x - x) ** 2 + (triangle.y - y) ** 2 >= triangle.reach) return true;
      const [a, b, c] = triangle.points;
      for (const [from, to] of [[a, b] as const, [b, c] as const, [c, a] as const]) {
        if (!edges.delete(`${to} ${from}`)) edges.set(`${from} ${to}`, [from, to]);
      }
      return false;
    });
    for (const [from, to] of edges.values()) triangles.push(circled(at, from, to, point));
  }
  return Int16Array.from(
    triangles.filter(({ points }) => points.every((point) => point < count)).flatMap(({ points }) => points),
  );
}

function circled(at: Float64Array, a: number, b: number, c: number): Triangle {
  const [ax, ay] = [at[a * 2] ?? 0, at[a * 2 + 1] ?? 0];
  const [bx, by] = [(at[b * 2] ?? 0) - ax, (at[b * 2 + 1] ?? 0) - ay];
  const [cx, cy] = [(at[c * 2] ?? 0) - ax, (at[c * 2 + 1] ?? 0) - ay];
  const twice = 2 * (bx * cy - by * cx);
  const x = (cy * (bx * bx + by * by) - by * (cx * cx + cy * cy)) / twice;
  const y = (bx * (cx * cx + cy * cy) - cx * (bx * bx + by * by)) / twice;
  return { points: [a, b, c], x: ax + x, y: ay + y, reach: x * x + y * y };
}
