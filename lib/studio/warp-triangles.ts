/** Numbers of one or three channels a pixel, row by row. */
export type Plane = { data: Float32Array; width: number; height: number; channels: 1 | 3 };

/** Where each pixel of a picture comes from; `x` below zero: from nowhere. */
export type WarpMap = {
  x: Float32Array;
  y: Float32Array;
  /** the points' own values between them; 0 where the map is empty */
  value: Float32Array;
  width: number;
  height: number;
};

/**
 * For each pixel the place that the mesh brings there: triangle by triangle, affine, the nearest to the camera first.
 * Triangles that are turned away are left out.
 *
 * @param triangles three points each
 * @param from x, y, z of each point where the pixels are taken, in pixels
 * @param to x, y, z of each point where they go; smaller `z` is nearer
 * @param values one a point, to be spread over the triangles
 */
export function warpMap(
  triangles: Int16Array,
  from: Float32Array,
  to: Float32Array,
  values: Float32Array,
  { width, height }: { width: number; height: number },
): WarpMap {
  const size = width * height;
  const [x, y, value] = [new Float32Array(size).fill(-1), new Float32Array(size), new Float32Array(size)];
  const depth = new Float32Array(size).fill(Infinity);
  const corners = { a: 0, b: 0, c: 0 };
  const write = (index: number, ofA: number, ofB: number, ofC: number) => {
    const { a, b, c } = corners;
    const mix = (numbers: Float32Array, step: number, axis: number) =>
      ofA * (numbers[a * step + axis] ?? 0) +
      ofB * (numbers[b * step + axis] ?? 0) +
      ofC * (numbers[c * step + axis] ?? 0);
    const z = mix(to, 3, 2);
    if (z >= (depth[index] ?? 0)) return;
    depth[index] = z;
    x[index] = mix(from, 3, 0);
    y[index] = mix(from, 3, 1);
    value[index] = mix(values, 1, 0);
  };
  for (let at = 0; at < triangles.length; at += 3) {
    corners.a = triangles[at] ?? 0;
    corners.b = triangles[at + 1] ?? 0;
    corners.c = triangles[at + 2] ?? 0;
    eachPixel(to, corners, width, height, write);
  }
  return { x, y, value, width, height };
}

/** Calls `write` for each pixel whose middle lies in the triangle, with the shares of its three corners. */
function eachPixel(
  points: Float32Array,
  { a, b, c }: { a: number; b: number; c: number },
  width: number,
  height: number,
  write: (index: number, ofA: number, ofB: number, ofC: number) => void,
): void {
  const [ax, ay] = [points[a * 3] ?? 0, points[a * 3 + 1] ?? 0];
  const [bx, by] = [points[b * 3] ?? 0, points[b * 3 + 1] ?? 0];
  const [cx, cy] = [points[c * 3] ?? 0, points[c * 3 + 1] ?? 0];
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  if (!(area > 1e-6)) return;
  const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
  const bottom = Math.min(height - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
  const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
  const right = Math.min(width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
  const slack = -1e-4;
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const [px, py] = [x + 0.5 - ax, y + 0.5 - ay];
      const ofB = (px * (cy - ay) - py * (cx - ax)) / area;
      const ofC = ((bx - ax) * py - (by - ay) * px) / area;
      const ofA = 1 - ofB - ofC;
      if (ofA >= slack && ofB >= slack && ofC >= slack) write(y * width + x, ofA, ofB, ofC);
    }
  }
}

/** The picture as the map brings it, read between its pixels; where the map is empty, from `empty`. */
export function warp(picture: Plane, map: WarpMap, empty: Plane | null): Plane {
  const { data, width, height, channels } = picture;
  const result = new Float32Array(map.width * map.height * channels);
  for (let index = 0; index < map.x.length; index++) {
    const x = map.x[index] ?? 0;
    if (x < 0) {
      for (let channel = 0; channel < channels; channel++)
        result[index * channels + channel] = empty?.data[index * channels + channel] ?? 0;
      continue;
    }
    const left = Math.min(Math.max(x - 0.5, 0), width - 1);
    const up = Math.min(Math.max((map.y[index] ?? 0) - 0.5, 0), height - 1);
    const x0 = Math.floor(left);
    const y0 = Math.floor(up);
    const right = x0 < width - 1 ? channels : 0;
    const below = y0 < height - 1 ? width * channels : 0;
    const [u, v] = [left - x0, up - y0];
    const at = (y0 * width + x0) * channels;
    for (let channel = 0; channel < channels; channel++) {
      const i = at + channel;
      const upper = (data[i] ?? 0) * (1 - u) + (data[i + right] ?? 0) * u;
      const lower = (data[i + below] ?? 0) * (1 - u) + (data[i + below + right] ?? 0) * u;
      result[index * channels + channel] = upper * (1 - v) + lower * v;
    }
  }
  return { data: result, width: map.width, height: map.height, channels };
}

/** 1 inside the outline, 0 outside (even-odd rule), by the middles of the pixels. */
export function fillOutline(points: Float32Array, outline: readonly number[], width: number, height: number): Plane {
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const py = y + 0.5;
    const crossings: number[] = [];
    for (const [index, point] of outline.entries()) {
      const next = outline[(index + 1) % outline.length] ?? 0;
      const [x0, y0] = [points[point * 3] ?? 0, points[point * 3 + 1] ?? 0];
      const [x1, y1] = [points[next * 3] ?? 0, points[next * 3 + 1] ?? 0];
      if (y0 <= py !== y1 <= py) crossings.push(x0 + ((py - y0) / (y1 - y0)) * (x1 - x0));
    }
    crossings.sort((a, b) => a - b);
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const first = Math.max(0, Math.ceil((crossings[pair] ?? 0) - 0.5));
      const last = Math.min(width - 1, Math.floor((crossings[pair + 1] ?? 0) - 0.5));
      for (let x = first; x <= last; x++) data[y * width + x] = 1;
    }
  }
  return { data, width, height, channels: 1 };
}
