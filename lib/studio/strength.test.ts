import { describe, expect, it } from "vitest";
import { effectiveStrength, likenessShares } from "./strength";

describe("likenessShares", () => {
  it("never falls as the strength rises, from nothing to everything", () => {
    const steps = Array.from({ length: 21 }, (_, step) => likenessShares(step / 20));
    for (const part of ["shape", "texture", "insides"] as const) {
      expect([steps[0]?.[part], steps[20]?.[part]]).toEqual([0, 1]);
      for (const [index, step] of steps.entries())
        expect(step[part]).toBeGreaterThanOrEqual(steps[index - 1]?.[part] ?? 0);
    }
  });
});

describe("effectiveStrength", () => {
  it("is scaled by how much the input may change, and held between 0 and 1", () => {
    expect(effectiveStrength(0.8, null)).toBe(0.8);
    expect(effectiveStrength(0.8, 0.5)).toBe(0.4);
    expect(effectiveStrength(3, 2)).toBe(1);
    expect(effectiveStrength(-1, null)).toBe(0);
  });
});
