import { describe, expect, it } from "vitest";
import type { FaceView } from "@/lib/faces/schemas";
import { firstPartner } from "./first-partner";

const face = (id: string, statements: number, isSample = false) =>
  ({ id, is_sample: isSample, component_counts: { alpha: 0, beta: statements, delta: 0, epsilon: 0 } }) as FaceView;

describe("a conversation that names nobody begins with", () => {
  const [empty, ann, bob, sample] = [face("empty", 0), face("ann", 3), face("bob", 5), face("sample", 9, true)];

  it("whom one spoke with last", () => {
    expect(firstPartner([empty, ann, sample, bob], "bob")).toBe(bob);
    expect(firstPartner([empty, ann, sample, bob], "sample")).toBe(sample);
  });

  it("the newest own face that has statements, where the last one is empty or gone", () => {
    expect(firstPartner([empty, sample, ann, bob], undefined)).toBe(ann);
    expect(firstPartner([empty, sample, ann, bob], "empty")).toBe(ann);
    expect(firstPartner([empty, sample, ann, bob], "gone")).toBe(ann);
  });

  it("the sample, where no own face has statements", () => {
    expect(firstPartner([empty, sample], undefined)).toBe(sample);
  });

  it("an empty one only where all are", () => {
    expect(firstPartner([empty], undefined)).toBe(empty);
    expect(firstPartner([], undefined)).toBeUndefined();
  });
});
