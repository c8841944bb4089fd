import { describe, expect, it } from "vitest";
import { fitPlacement, place, turnAngle } from "./mesh-fit";
import { meanMesh } from "./mesh-mean";

const yaw = (degrees: number) => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return Float64Array.of(cos, 0, sin, 0, 1, 0, -sin, 0, cos);
};
const all = new Float32Array(468).fill(1);

describe("fitPlacement", () => {
  it.each([0, 20, -35, 90])("finds the turn, the scale and the move that were made (%d degrees)", (degrees) => {
    const made = { turn: yaw(degrees), scale: 0.4, shift: [120, -30, 7] as [number, number, number] };
    const moved = place(meanMesh, made);
    const found = fitPlacement(meanMesh, moved, all);
    expect(found.scale).toBeCloseTo(0.4, 4);
    expect(turnAngle(found)).toBeCloseTo(Math.abs(degrees), 2);
    const again = place(meanMesh, found);
    expect(Math.max(...again.map((value, index) => Math.abs(value - (moved[index] ?? 0))))).toBeLessThan(0.01);
  });

  it("leaves points out that have no weight", () => {
    const moved = place(meanMesh, { turn: yaw(10), scale: 1, shift: [0, 0, 0] });
    moved.fill(9999, 0, 300);
    const weights = all.map((_, point) => (point < 100 ? 0 : 1));
    expect(turnAngle(fitPlacement(meanMesh, moved, weights))).toBeCloseTo(10, 2);
  });
});
