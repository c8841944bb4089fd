import { expect, it } from "vitest";
import { dot, packVector, unpackVector } from "./vector";
import { centredCosines, cosines, createVectorMatrix, rowCosine } from "./vector-matrix";

/** Repeatable numbers in −1..1. */
function vector(seed: number): Float32Array {
  const raw = Float32Array.from({ length: 512 }, (_, i) => Math.sin(seed * 12.9898 + i * 78.233));
  const length = Math.sqrt(dot(raw, raw));
  return raw.map((value) => value / length);
}

it("ranks five hundred vectors as the exact product does", () => {
  const stored = Array.from({ length: 500 }, (_, seed) => packVector(vector(seed)));
  const query = vector(1234);
  const found = cosines(createVectorMatrix(stored), query);
  const exact = stored.map((bytes) => dot(unpackVector(bytes), query));
  for (const [at, value] of exact.entries()) expect(found[at]).toBeCloseTo(value, 4);
  const top = (values: ArrayLike<number>) =>
    Array.from(values, (value, at) => ({ value, at }))
      .sort((a, b) => b.value - a.value)
      .slice(0, 10)
      .map(({ at }) => at);
  expect(top(found).filter((at) => top(exact).includes(at)).length).toBe(10);
});

it("reads several vectors out of one buffer, also one that does not start at zero", () => {
  const joined = new Uint8Array([7, ...packVector(vector(1)), ...packVector(vector(2))]).subarray(1);
  const found = cosines(createVectorMatrix([joined, packVector(vector(3))]), vector(2));
  expect(found).toHaveLength(3);
  expect(found[1]).toBeCloseTo(1, 3);
});

it("gives zero, not NaN, for empty vectors", () => {
  expect([...cosines(createVectorMatrix([packVector(new Float32Array(512))]), vector(1))]).toEqual([0]);
});

it("compares with extreme components without overflow", () => {
  const full = packVector(new Float32Array(512).fill(1));
  const matrix = createVectorMatrix([full, packVector(new Float32Array(512).fill(-1))]);
  const query = new Float32Array(512).fill(1 / Math.sqrt(512));
  expect([...cosines(matrix, query)].map((value) => Math.round(value * 1e4) / 1e4)).toEqual([1, -1]);
  expect(rowCosine(matrix, 0, 1)).toBeCloseTo(-1, 5);
});

it("looks from a centre as if it had been taken from every row", () => {
  const rows = [1, 2, 3, 4].map(vector);
  const centre = vector(9).map((value) => value / 3);
  const query = vector(5);
  const found = centredCosines(createVectorMatrix(rows.map(packVector), centre), query);
  for (const [at, row] of rows.entries()) {
    const moved = row.map((value, i) => value - (centre[i] ?? 0));
    expect(found[at]).toBeCloseTo(dot(moved, query) / Math.sqrt(dot(moved, moved)), 2);
  }
});

it("holds no rows at all", () => {
  expect([...cosines(createVectorMatrix([]), vector(1))]).toEqual([]);
});
