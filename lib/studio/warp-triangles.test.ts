import { describe, expect, it } from "vitest";
import { type Plane, fillOutline, warp, warpMap } from "./warp-triangles";

const size = { width: 20, height: 20 };
const square = Float32Array.of(0, 0, 0, 20, 0, 0, 20, 20, 0, 0, 20, 0);
const two = Int16Array.of(0, 1, 2, 0, 2, 3);
const picture: Plane = { data: Float32Array.from({ length: 400 }, (_, index) => index), ...size, channels: 1 };

describe("warp", () => {
  it("gives the picture back when nothing moves", () => {
    const map = warpMap(two, square, square, new Float32Array(4).fill(1), size);
    const same = warp(picture, map, null).data;
    expect(Math.max(...same.map((value, index) => Math.abs(value - index)))).toBeLessThan(0.01);
    expect(map.value.every((value) => Math.abs(value - 1) < 1e-5)).toBe(true);
  });

  it("reads from what lies there when the mesh covers nothing", () => {
    const map = warpMap(Int16Array.of(), square, square, new Float32Array(4), size);
    expect(warp(picture, map, picture).data).toEqual(picture.data);
  });

  it("leaves out triangles that are turned away", () => {
    const map = warpMap(Int16Array.of(0, 2, 1), square, square, new Float32Array(4), size);
    expect(map.x.every((x) => x < 0)).toBe(true);
  });

  it("shows the triangle that is nearer", () => {
    const to = Float32Array.of(...square, 0, 0, -5, 20, 0, -5, 20, 20, -5, 0, 20, -5);
    const from = Float32Array.of(...square, ...square);
    for (const triangles of [
      [...two, 4, 5, 6, 4, 6, 7],
      [4, 5, 6, 4, 6, 7, ...two],
    ]) {
      const values = Float32Array.of(0, 0, 0, 0, 1, 1, 1, 1);
      expect(warpMap(Int16Array.from(triangles), from, to, values, size).value.every((value) => value > 0.99)).toBe(
        true,
      );
    }
  });
});

describe("fillOutline", () => {
  it("fills the pixels whose middle lies inside, also where the outline leaves the picture", () => {
    const outline = Float32Array.of(-5, 5, 0, 10, 5, 0, 10, 15, 0, -5, 15, 0);
    const { data } = fillOutline(outline, [0, 1, 2, 3], 20, 20);
    expect(data.reduce((sum, value) => sum + value, 0)).toBe(100);
    expect([data[5 * 20], data[4 * 20], data[5 * 20 + 10]]).toEqual([1, 0, 0]);
  });
});
