import { describe, expect, it } from "vitest";
import { blur, blurWeighted } from "./warp-blur";

const size = { width: 30, height: 20 };

describe("blur", () => {
  it("leaves an even picture even, in every channel", () => {
    const data = Float32Array.from({ length: 1800 }, (_, index) => [10, 20, 30][index % 3] ?? 0);
    const blurred = blur({ data, ...size, channels: 3 }, 4).data;
    expect(Math.max(...blurred.map((value, index) => Math.abs(value - (data[index] ?? 0))))).toBeLessThan(0.001);
  });

  it("spreads a point as a Gaussian of that width would", () => {
    const data = new Float32Array(101 * 101);
    data[50 * 101 + 50] = 1;
    const blurred = blur({ data, width: 101, height: 101, channels: 1 }, 5).data;
    const variance = blurred.reduce((sum, value, index) => sum + value * ((index % 101) - 50) ** 2, 0);
    expect(Math.sqrt(variance)).toBeCloseTo(5, 0);
  });
});

describe("blurWeighted", () => {
  it("takes nothing from where there is no weight, and the usual value where none is near", () => {
    const data = Float32Array.from({ length: 600 }, (_, index) => (index % 30 < 5 ? 200 : 50));
    const weight = data.map((value) => (value === 50 ? 0 : 1));
    const result = blurWeighted({ data, ...size, channels: 1 }, { data: weight, ...size, channels: 1 }, 2, [120]);
    expect(result.data[0]).toBeCloseTo(200, -1);
    expect(result.data[29]).toBeCloseTo(120, 0);
  });
});
