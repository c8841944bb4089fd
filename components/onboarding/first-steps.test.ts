import { describe, expect, it } from "vitest";
import { firstSteps } from "./first-steps";

const nothing = {
  has_face: false,
  has_source: false,
  has_synced: false,
  has_chatted: false,
  has_key: false,
  has_called: false,
};
const mara = { username: "mara", name: "Mara Lindqvist", is_sample: true, synced_at: "2026-01-01", formula: null };
const ada = { username: "ada", name: null, is_sample: false, synced_at: null, formula: null };

describe("first steps", () => {
  it("begins with a face, and lets one talk to the sample before there is one", () => {
    const steps = firstSteps(nothing, [mara]);
    expect(steps.map(({ isNext }) => isNext)).toEqual([true, false, false, false, false]);
    expect(steps.map(({ href }) => href)).toEqual(["/faces?new=own", "/faces", "/faces", "/faces/mara/chat", "/keys"]);
  });

  it("leads to the newest face of one's own for its texts", () => {
    const steps = firstSteps({ ...nothing, has_face: true }, [
      { ...ada, formula: "a | b", username: "both" },
      ada,
      mara,
    ]);
    expect(steps[1]).toMatchObject({ isNext: true, href: "/faces/ada?tab=sources" });
  });

  it("names who can answer, one's own face before the sample", () => {
    const done = { ...nothing, has_face: true, has_source: true, has_synced: true };
    expect(firstSteps(done, [mara])[3]).toMatchObject({ label: "Ask Mara something", isNext: true });
    expect(firstSteps(done, [{ ...ada, synced_at: "2026-01-01" }, mara])[3]?.label).toBe("Ask ada something");
  });

  it("ticks what was done out of order, and has no next step when all is done", () => {
    const steps = firstSteps({ ...nothing, has_chatted: true }, [mara]);
    expect(steps.map(({ isDone }) => isDone)).toEqual([false, false, false, true, false]);
    const all = Object.fromEntries(Object.keys(nothing).map((key) => [key, true])) as typeof nothing;
    expect(firstSteps(all, [mara]).some(({ isNext }) => isNext)).toBe(false);
  });
});
