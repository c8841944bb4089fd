/** A turn, a scale and a move in space: `to = scale · turn · from + shift`. The turn row by row, 3 × 3. */
export type Placement = { turn: Float64Array; scale: number; shift: [number, number, number] };

/**
 * The turn, scale and move that bring one set of points nearest to another (least squares; Horn's closed form by unit
 * quaternions, J. Opt. Soc. Am. 4, 1987).
 *
 * @param from x, y, z of each point
 * @param to as many points
 * @param weights one a point; 0 leaves a point out
 */
export function fitPlacement(from: Float32Array, to: Float32Array, weights: Float32Array): Placement {
  const a = middleOf(from, weights);
  const b = middleOf(to, weights);
  const s = new Float64Array(9);
  let spread = 0;
  for (let point = 0; point < weights.length; point++) {
    const weight = weights[point] ?? 0;
    for (let row = 0; row < 3; row++) {
      const p = (from[point * 3 + row] ?? 0) - a[row as 0];
      spread += weight * p * p;
      for (let column = 0; column < 3; column++) {
        const at = row * 3 + column;
        s[at] = (s[at] ?? 0) + weight * p * ((to[point * 3 + column] ?? 0) - b[column as 0]);
      }
    }
  }
  const turn = turnOf(largestEigenvector(hornMatrix(s)));
  let along = 0;
  for (let row = 0; row < 3; row++)
    for (let column = 0; column < 3; column++) along += (turn[row * 3 + column] ?? 0) * (s[column * 3 + row] ?? 0);
  const scale = spread > 0 ? along / spread : 1;
  const moved = applyTurn(turn, a);
  return { turn, scale, shift: [0, 1, 2].map((axis) => b[axis as 0] - scale * moved[axis as 0]) as Placement["shift"] };
}

/** Every point moved by the placement. */
export function place(points: Float32Array, { turn, scale, shift }: Placement): Float32Array {
  const placed = new Float32Array(points.length);
  for (let at = 0; at < points.length; at += 3) {
    const [x, y, z] = applyTurn(turn, [points[at] ?? 0, points[at + 1] ?? 0, points[at + 2] ?? 0]);
    placed[at] = scale * x + shift[0];
    placed[at + 1] = scale * y + shift[1];
    placed[at + 2] = scale * z + shift[2];
  }
  return placed;
}

/** By how much a placement turns out of the plane of the picture, in degrees: rolling the head costs nothing. */
export function turnAngle({ turn }: Placement): number {
  return (Math.acos(Math.min(1, Math.max(-1, turn[8] ?? 1))) * 180) / Math.PI;
}

function middleOf(points: Float32Array, weights: Float32Array): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  let total = 0;
  for (let point = 0; point < weights.length; point++) {
    const weight = weights[point] ?? 0;
    total += weight;
    for (const axis of [0, 1, 2] as const) sum[axis] += weight * (points[point * 3 + axis] ?? 0);
  }
  return sum.map((value) => value / (total || 1)) as [number, number, number];
}

function applyTurn(turn: Float64Array, [x, y, z]: [number, number, number]): [number, number, number] {
  const row = (at: number) => (turn[at] ?? 0) * x + (turn[at + 1] ?? 0) * y + (turn[at + 2] ?? 0) * z;
  return [row(0), row(3), row(6)];
}

/** Horn's symmetric 4 × 4 matrix; the eigenvector of its largest eigenvalue is the turn as a quaternion. */
function hornMatrix(s: Float64Array): number[][] {
  const [xx = 0, xy = 0, xz = 0, yx = 0, yy = 0, yz = 0, zx = 0, zy = 0, zz = 0] = s;
  return [
    [xx + yy + zz, yz - zy, zx - xz, xy - yx],
    [yz - zy, xx - yy - zz, xy + yx, zx + xz],
    [zx - xz, xy + yx, yy - xx - zz, yz + zy],
    [xy - yx, zx + xz, yz + zy, zz - xx - yy],
  ];
}

/** By squaring the matrix, shifted so that all eigenvalues are positive, until one direction is left. */
function largestEigenvector(matrix: number[][]): number[] {
  const size = Math.hypot(...matrix.flat()) || 1;
  let power = matrix.map((row, y) => row.map((value, x) => value / size + (x === y ? 1 : 0)));
  for (let round = 0; round < 24; round++) {
    const squared = power.map((row) =>
      power.map((_, x) => row.reduce((sum, value, k) => sum + value * (power[k]?.[x] ?? 0), 0)),
    );
    const norm = Math.hypot(...squared.flat()) || 1;
    power = squared.map((row) => row.map((value) => value / norm));
  }
  const column = power.reduce((best, row) => (Math.hypot(...row) > Math.hypot(...best) ? row : best));
  const length = Math.hypot(...column) || 1;
  return column.map((value) => value / length);
}

function turnOf([w = 1, x = 0, y = 0, z = 0]: number[]): Float64Array {
  return Float64Array.of(
    ...[w * w + x * x - y * y - z * z, 2 * (x * y - w * z), 2 * (x * z + w * y)],
    ...[2 * (x * y + w * z), w * w - x * x + y * y - z * z, 2 * (y * z - w * x)],
    ...[2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z],
  );
}
