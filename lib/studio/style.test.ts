import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, test } from "vitest";
import { identityScore } from "@/lib/vision/compare";
import { decodeImage } from "@/lib/vision/decode";
import { describeFace, findFaces, findLandmarks } from "@/lib/vision/faces";
import type { Box, Raster } from "@/lib/vision/raster";
import { cropTo } from "@/lib/vision/resample";
import { applyStyle } from "./style";
import { prints } from "./style-prints";
import { palettes, styles } from "./wish-table";

const sample = createRequire(import.meta.url).resolve("@vladmandic/face-api/demo/sample6.jpg");

async function faceOf(image: Raster): Promise<{ box: Box; descriptor: Float32Array }> {
  const [face] = await findFaces(image);
  if (face === undefined) throw new Error("There is no face in the picture.");
  return { box: face.box, descriptor: await describeFace(image, await findLandmarks(image, face.box)) };
}

describe("applyStyle", () => {
  let image: Raster;
  let face: { box: Box; descriptor: Float32Array };

  beforeAll(async () => {
    const { raster } = await decodeImage(await readFile(sample));
    const { box } = await faceOf(raster);
    const height = box.height / 0.4;
    const x = box.x + box.width / 2 - height * 0.4;
    image = cropTo(raster, { x, y: box.y - height * 0.25, width: height * 0.8, height }, 384, 480);
    face = await faceOf(image);
  }, 60_000);

  const wish = (style: string | null, palette: string | null = null) => ({
    style,
    palette,
    seed: 7,
    faces: [{ box: face.box, photos: [face.descriptor] }],
  });

  test("changes nothing when neither a style nor a palette is asked for", async () => {
    expect(await applyStyle(image, wish(null))).toBe(image);
  });

  test.each(styles.map(({ id }) => id))("%s changes the picture and leaves the person who it is", async (id) => {
    const styled = await applyStyle(image, wish(id));
    const { descriptor } = await faceOf(styled);

    expect([styled.width, styled.height]).toEqual([384, 480]);
    expect(Buffer.compare(styled.data, image.data)).not.toBe(0);
    expect(identityScore(descriptor, [face.descriptor])).toBeGreaterThan(0.75);
  });

  test("the same seed gives the same bytes, another one others", async () => {
    const [one, again] = [await applyStyle(image, wish("oil")), await applyStyle(image, wish("oil"))];
    const other = await applyStyle(image, { ...wish("oil"), seed: 8 });

    expect(Buffer.compare(one.data, again.data)).toBe(0);
    expect(Buffer.compare(one.data, other.data)).not.toBe(0);
  });

  test("every style and palette of the table has its tones", () => {
    for (const { id } of [...styles, ...palettes]) expect(prints[id]).toBeDefined();
  });
});
