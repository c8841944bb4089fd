import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { FingerprintData } from "./components";
import { Fingerprint } from "./fingerprint";
import { fingerprintPaths } from "./fingerprint-paths";

const alice: FingerprintData = {
  alpha: [
    { n: 9, confidence: 0.88 },
    { n: 7, confidence: 0.72 },
  ],
  beta: [
    { n: 16, confidence: 0.94 },
    { n: 11, confidence: 0.81 },
    { n: 8, confidence: 0.3 },
  ],
  delta: [{ n: 14, confidence: 0.9 }],
  epsilon: [
    { n: 17, confidence: 0.92 },
    { n: 12, confidence: 0.58 },
  ],
};

describe("fingerprintPaths", () => {
  it("draws the same data the same way every time", () => {
    expect(fingerprintPaths(alice, 48)).toEqual(fingerprintPaths(structuredClone(alice), 48));
  });

  it("draws another face differently", () => {
    const other = {
      ...alice,
      beta: [
        { n: 11, confidence: 0.81 },
        { n: 16, confidence: 0.94 },
      ],
    };
    expect(fingerprintPaths(other, 48)[1]).not.toEqual(fingerprintPaths(alice, 48)[1]);
  });

  it.each([20, 48, 128, 400])("stays inside its square and keeps the rings apart at %i px", (size) => {
    const rings = fingerprintPaths(alice, size);
    rings.forEach((ring, index) => {
      expect(ring.radius + ring.width / 2).toBeLessThanOrEqual(size / 2);
      const inner = rings[index - 1];
      if (inner) expect(ring.radius - ring.width / 2).toBeGreaterThan(inner.radius + inner.width / 2);
      expect(ring.width).toBeGreaterThan(0.7);
    });
  });

  it("is solid at 20 px and textured at 48 px, so that it is readable at both", () => {
    const strokesPerArc = (size: number) => fingerprintPaths(alice, size)[1]?.strokes.length;
    expect(strokesPerArc(20)).toBe(3);
    expect(strokesPerArc(48)).toBe(6);
    expect(strokesPerArc(400)).toBe(15);
  });

  it("shows more confident clusters more strongly, and never hides one", () => {
    const beta = fingerprintPaths(alice, 20)[1];
    expect(beta?.strokes.map((stroke) => stroke.opacity)).toEqual([1, 0.85, 0.3]);
  });

  it("shows an empty face as four dashed orbits", () => {
    for (const ring of fingerprintPaths({}, 48)) {
      expect(ring.strokes).toEqual([]);
      expect(ring.track?.dash).toBe("2 3");
    }
  });

  it("closes its rings with progress", () => {
    const half = fingerprintPaths(alice, 184, { progress: 0.5 });
    expect(half.every((ring) => ring.head !== null && ring.track !== null)).toBe(true);
    expect(fingerprintPaths(alice, 184, { progress: 1 }).every((ring) => ring.track === null)).toBe(true);
  });

  it("marks what a version added and removed", () => {
    const kinds = fingerprintPaths(
      {
        beta: [
          { n: 3, confidence: 0.8, state: "added" },
          { n: 2, confidence: 0.8, state: "removed" },
        ],
      },
      20,
    );
    expect(kinds[1]?.strokes.map((stroke) => stroke.kind)).toEqual(["arc", "added", "removed"]);
    expect(kinds[1]?.count).toBe(3);
  });
});

describe("Fingerprint", () => {
  it("renders on the server as one SVG with an accessible name", () => {
    const html = renderToStaticMarkup(
      createElement(Fingerprint, { data: alice, size: 48, title: "Fingerprint of Alice" }),
    );
    expect(html).toMatch(/^<svg .*role="img" aria-label="Fingerprint of Alice"/);
    expect(html).not.toContain("NaN");
  });
});
