import { describe, expect, it } from "vitest";
import { meanMesh } from "./mesh-mean";
import { faceOval } from "./mesh-regions";
import { meshTriangles, withRing } from "./mesh-triangles";
import { fillOutline, warpMap } from "./warp-triangles";

describe("meshTriangles", () => {
  it("uses every point of the face and of the ring around it", () => {
    expect(new Set(meshTriangles()).size).toBe(504);
  });

  it("covers the face and the ring without a gap", () => {
    const points = withRing(meanMesh).map((value, index) => (index % 3 === 2 ? value : value / 5 + 150));
    const map = warpMap(meshTriangles(), points, points, new Float32Array(504), { width: 300, height: 300 });
    const ring = faceOval.map((_, index) => 468 + index);
    const inside = fillOutline(points, ring, 300, 300).data;
    const gaps = inside.filter((share, index) => share === 1 && (map.x[index] ?? 0) < 0).length;
    expect(gaps).toBeLessThan(30);
  });
});
