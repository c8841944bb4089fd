import { expect, test } from "vitest";
import { dot, packVector, packedVectorBytes, unpackVector } from "./vector";

const vector = Float32Array.from({ length: 512 }, (_, i) => Math.sin(i * 12.9898) / 16);

test("packs 512 floats into 516 bytes and keeps their direction", () => {
  const packed = packVector(vector);
  expect(packed.byteLength).toBe(packedVectorBytes);
  const back = unpackVector(packed);
  const cosine = dot(vector, back) / Math.sqrt(dot(vector, vector) * dot(back, back));
  expect(cosine).toBeGreaterThan(0.9999);
  expect(dot(back, back)).toBeCloseTo(1, 5);
});

test("reads a view that does not start at its buffer's beginning", () => {
  const shifted = new Uint8Array(packedVectorBytes + 3);
  shifted.set(packVector(vector), 3);
  expect(unpackVector(shifted.subarray(3))).toEqual(unpackVector(packVector(vector)));
});

test("packs a zero vector without dividing by zero, and refuses other lengths", () => {
  expect([...unpackVector(packVector(new Float32Array(512)))].every((component) => component === 0)).toBe(true);
  expect(() => packVector(new Float32Array(3))).toThrow(RangeError);
  expect(() => unpackVector(new Uint8Array(3))).toThrow(RangeError);
});
