import { describe, expect, it } from "vitest";
import { place } from "./mesh-fit";
import { meanMesh } from "./mesh-mean";
import { type SeenFace, checkFace, checkPair, disagreement } from "./swap-limits";

const places: [mesh: number, landmark: number][] = [
  ...([
    [33, 36],
    [133, 39],
    [362, 42],
    [263, 45],
  ] as [number, number][]),
  ...([
    [1, 30],
    [61, 48],
    [291, 54],
    [152, 8],
  ] as [number, number][]),
];

/** A face of 200 pixels that is turned to the side by so many degrees. */
function seen(degrees: number, aside = 0): SeenFace {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const turn = Float64Array.of(cos, 0, sin, 0, 1, 0, -sin, 0, cos);
  const points = place(meanMesh, { turn, scale: 0.2, shift: [200, 200, 0] });
  const marks = Array.from({ length: 68 }, () => ({ x: 0, y: 0 }));
  for (const [mesh, mark] of places) marks[mark] = { x: (points[mesh * 3] ?? 0) + aside, y: points[mesh * 3 + 1] ?? 0 };
  const mesh = { points, confidence: 1, yaw: degrees, pitch: 0, roll: 0 };
  return { mesh, landmarks: { points: marks, aligned: { x: 0, y: 0, size: 1, angle: 0 } } };
}

const fine = { height: 200, light: 0.5 };

describe("checkFace", () => {
  it("lets a face pass that both networks see alike", () => {
    const notes: string[] = [];
    checkFace({ ...seen(10), ...fine }, notes);
    expect([notes, disagreement(seen(10))]).toEqual([[], 0]);
  });

  it("refuses a face the two networks do not agree on, a tiny and a dark one, and says why", () => {
    expect(() => checkFace({ ...seen(0, 20), ...fine }, [])).toThrow("seen from the side or hidden");
    expect(() => checkFace({ ...seen(0), ...fine, height: 20 }, [])).toThrow("20 pixels high");
    expect(() => checkFace({ ...seen(0), ...fine, light: 0.01 }, [])).toThrow("too dark");
  });
});

describe("checkPair", () => {
  it("bridges a small turn, notes a large one, and refuses a larger one in degrees", () => {
    const notes: string[] = [];
    checkPair(seen(0).mesh, seen(20), notes);
    expect(notes).toEqual([]);
    checkPair(seen(-15).mesh, seen(20), notes);
    expect(notes).toEqual([expect.stringContaining("turned 35 degrees away")]);
    expect(() => checkPair(seen(-30).mesh, seen(25), notes)).toThrow("turned 55 degrees away");
  });
});
