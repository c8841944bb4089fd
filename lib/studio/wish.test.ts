import { describe, expect, test } from "vitest";
import { readWish } from "./wish";
import { framings, lights, palettes, scenes, styles } from "./wish-table";

describe("readWish", () => {
  test("reads the seed's text: the Alps are a scene, trekking is told as ignored, with why", () => {
    const { wish, understood, ignored } = readWish("{1} woman trekking in the alps");

    expect(wish.scene).toBe("mountains");
    expect(understood).toEqual([{ words: "alps", meaning: "Scene: Mountains" }]);
    expect(ignored).toEqual([{ words: "trekking", why: "Pose, action and expression stay as they are in the photo." }]);
  });

  test("reads scene, framing, light, colours and style of one text", () => {
    const { wish, ignored } = readWish("close-up of {1} by the sea, golden hour, muted, watercolour");

    expect(wish).toMatchObject({ framing: "close-up", scene: "sea", light: "golden" });
    expect(wish).toMatchObject({ palette: "muted", style: "watercolour" });
    expect(ignored).toEqual([]);
  });

  test("takes the longer phrase: a city at night is not a city", () => {
    expect(readWish("{1} in the city at night").wish.scene).toBe("city-night");
  });

  test("of two scenes the first decides and the other is told", () => {
    const { wish, ignored } = readWish("{1} in a forest at the beach");

    expect(wish.scene).toBe("forest");
    expect(ignored).toEqual([{ words: "beach", why: "Scene is Forest already." }]);
  });

  test("scenes of the negative text are not chosen", () => {
    expect(readWish("{1}", "forest, city").wish.without).toEqual(["forest", "city"]);
  });

  test("what else should not be in it is told as not followed", () => {
    expect(readWish("{1}", "forest, smile, film grain").unheeded).toEqual(["smile", "film grain"]);
  });

  test("tells of an emoji and of an age that nothing was made of them", () => {
    const { ignored } = readWish("{1} as an old man, 🦊");

    expect(ignored.map(({ words }) => words)).toEqual(["old", "🦊"]);
    expect(ignored[0]?.why).toContain("older");
  });

  test("a style asked for beside the text decides, whatever its case", () => {
    expect(readWish("{1} in oil", "", "Silver print").wish.style).toBe("silver");
  });

  test("a style that there is not is told with those there are", () => {
    const { wish, ignored } = readWish("{1}", "", "cubism");

    expect(wish.style).toBeNull();
    expect(ignored[0]).toMatchObject({ words: "cubism" });
    expect(ignored[0]?.why).toContain("Watercolour");
  });

  test("a word inside another is no word: starfish are no stars", () => {
    expect(readWish("{1} with a starfish").wish.scene).toBeNull();
  });

  test("empty and enormous texts are read quickly", () => {
    expect(readWish("").understood).toEqual([]);
    const begun = performance.now();
    readWish("riding a horse ".repeat(20_000));
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});

describe("the table", () => {
  const lines = [...scenes, ...framings, ...lights, ...palettes, ...styles];

  test.each([scenes, framings, lights, palettes, styles])("names everything once %#", (...kind) => {
    const ids = kind.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("is found by every word that it has", () => {
    for (const { words } of lines) for (const word of words) expect(readWish(word).understood).toHaveLength(1);
  });
});
