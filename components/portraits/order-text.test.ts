import { describe, expect, it } from "vitest";
import { choose, chosenIn, marksOf, orderText, plainText } from "./order-text";

const scenes = [
  { id: "forest", name: "Forest", words: ["forest", "woods"] },
  { id: "city", name: "City", words: ["city", "street"] },
  { id: "city-night", name: "City at night", words: ["city at night", "neon"] },
  { id: "canal", name: "Canal", words: ["canal", "quay"] },
];

describe("the text of an order", () => {
  it("names the person whose photos are shown, unless it names somebody", () => {
    expect(orderText("by the sea", 7, 1)).toEqual({ text: "<faceid:7:1> by the sea", prefix: 13 });
    expect(orderText("<faceid:8:0.5> by the sea", 7, 1)).toEqual({ text: "<faceid:8:0.5> by the sea", prefix: 0 });
  });

  it("is read without its tokens", () => {
    expect(plainText("<faceid:7:1> by the sea")).toBe("by the sea");
    expect(plainText("portrait of <faceid:7:1>, film")).toBe("portrait, film");
    expect(plainText("<faceid:7:1> and <faceid:8:1> by the sea")).toBe("and by the sea");
  });

  it("asks for another scene in the place of the one before", () => {
    expect(choose("by the canal, film", scenes, "Forest")).toBe("by the forest, film");
    expect(choose("film", scenes, "Forest")).toBe("film, forest");
    expect(choose("", scenes, "City")).toBe("city");
    expect(choose("forest, film", scenes, "")).toBe("film");
    expect(chosenIn("A close-up, City at night", scenes)).toBe("City at night");
    expect(chosenIn("by the quay, in a forest", scenes)).toBe("Canal");
    expect(chosenIn("a deforested plain", scenes)).toBe("");
  });

  it("marks words where the field shows them, and as far as they are still the same", () => {
    const asked = "<faceid:7:1> by the sea, holding a cello";
    const read = {
      asked,
      understood: [{ start: 20, end: 23 }],
      ignored: [
        { start: null, end: null },
        { start: 25, end: 40 },
      ],
    };
    const sea = { start: 7, end: 10, isUnderstood: true };
    expect(marksOf(read, asked, 13)).toEqual([sea, { start: 12, end: 27, isUnderstood: false }]);
    expect(marksOf(read, "<faceid:7:1> by the sea, film", 13)).toEqual([sea]);
    expect(marksOf(undefined, asked, 13)).toEqual([]);
  });
});
