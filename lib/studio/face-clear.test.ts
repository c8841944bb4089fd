import { describe, expect, it } from "vitest";
import { seededRandom } from "@/lib/seeded-random";
import type { Raster } from "@/lib/vision/raster";
import { clearFace } from "./face-clear";
import { meanMesh } from "./mesh-mean";

const side = 200;
const mesh = meanMesh.map((value, index) => (index % 3 === 2 ? value * 0.12 : value * 0.12 + side / 2));
const middle = (side / 2) * side + side / 2;

function noisy(): Raster {
  const random = seededRandom(3);
  const light = Float32Array.from({ length: side * side }, () => 140 + (random() - 0.5) * 50);
  const data = Uint8Array.from({ length: side * side * 3 }, (_, at) => light[Math.floor(at / 3)] ?? 0);
  return { data, width: side, height: side, channels: 3 };
}

function spread({ data }: Raster, around: number): number {
  const values: number[] = [];
  for (let row = -8; row <= 8; row++)
    for (let column = -8; column <= 8; column++) values.push(data[(around + row * side + column) * 3] ?? 0);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

describe("clearFace", () => {
  it("takes most of the grain from skin", () => {
    const cheek = middle + 10 * side + 20;
    expect(spread(clearFace(noisy(), mesh, 1), cheek)).toBeLessThan(0.6 * spread(noisy(), cheek));
  });

  it("leaves what is around the face as it is, and everything when the amount is 0", () => {
    const image = noisy();
    const cleared = clearFace(image, mesh, 1);
    expect(cleared.data.subarray(0, side * 20 * 3)).toEqual(image.data.subarray(0, side * 20 * 3));
    expect(clearFace(image, mesh, 0).data).toEqual(image.data);
  });
});
