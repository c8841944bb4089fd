import { describe, expect, test } from "vitest";
import { chooseScene, makeScene } from "./scene";
import { scenes } from "./wish-table";

describe("makeScene", () => {
  test.each(scenes.map(({ id }) => id))("%s is made, exposed so that it is neither black nor blown", async (id) => {
    const { picture, brightness, ambient } = await makeScene(id, "portrait", 3, 64, 80);
    const blown = picture.data.filter((value) => value > 1).length / picture.data.length;

    expect([picture.width, picture.height, picture.data.length]).toEqual([64, 80, 64 * 80 * 3]);
    expect(picture.data.every(Number.isFinite)).toBe(true);
    expect(brightness).toBeGreaterThan(0.008);
    expect(blown).toBeLessThan(0.25);
    expect(ambient.every((value) => value > 0.2 && value < 3)).toBe(true);
  });

  test("the same seed gives the same pixels, another one others", async () => {
    const [one, again, other] = [
      await makeScene("mountains", "portrait", 3, 64, 80),
      await makeScene("mountains", "portrait", 3, 64, 80),
      await makeScene("mountains", "portrait", 4, 64, 80),
    ];

    expect(again.picture.data).toEqual(one.picture.data);
    expect(other.picture.data).not.toEqual(one.picture.data);
  });
});

describe("chooseScene", () => {
  test("takes the one that was wished for", () => {
    expect(chooseScene("sea", [], 1)).toBe("sea");
  });

  test("never one that is excluded", () => {
    const without = scenes.map(({ id }) => id).filter((id) => id !== "library");
    for (let seed = 0; seed < 20; seed++) expect(chooseScene("sea", without, seed)).toBe("library");
  });
});
