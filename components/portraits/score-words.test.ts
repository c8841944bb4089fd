import { describe, expect, it } from "vitest";
import { scoreWords } from "./score-words";
import { seedOf, toOrder } from "./use-prompt";

const wordsOf = (identity_score: number | null, is_mock = false) => scoreWords({ identity_score, is_mock });

describe("a portrait's likeness in words", () => {
  it("is told from what was measured between photos of one person and of strangers", () => {
    expect([1, 0.8, 0.52, 0.31, 0.12].map((score) => wordsOf(score))).toEqual([
      "the very face",
      "the very face",
      "clearly the person",
      "resembles the person",
      "hardly the person",
    ]);
  });

  it("is none where there is no face, or only a placeholder", () => {
    expect([wordsOf(null), wordsOf(0.9, true)]).toEqual(["no face to compare", "test mode"]);
  });
});

describe("an order as it is sent", () => {
  it("has a seed of 32 bits, any, or none that could be sent", () => {
    expect(["", " 7 ", "4294967295", "4294967296", "1.5", "-1", "x"].map(seedOf)).toEqual([
      null,
      7,
      4294967295,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("says no seed when any will do", () => {
    const settings = {
      ...{ count: 2, shape: "4:5" as const, seed: "", likeness: 1, negative: "" },
      ...{ isUpscaled: false, isCorrected: false, picture: null },
    };
    expect(toOrder("film", "studio", settings, null)).not.toHaveProperty("seed");
    expect(toOrder("film", "studio", settings, 7)).toMatchObject({ seed: 7, num_images: 2, aspect_ratio: "4:5" });
  });
});
