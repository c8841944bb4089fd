import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { expect, it } from "vitest";
import { identityScore } from "@/lib/vision/compare";
import { decodeImage } from "@/lib/vision/decode";
import { describeFace, findFaces, findLandmarks } from "@/lib/vision/faces";
import { correctFaces } from "./face-correct";

const demo = join(dirname(createRequire(import.meta.url).resolve("@vladmandic/face-api/package.json")), "demo");

it("changes a face, and leaves the person who they are", async () => {
  const bytes = await sharp(join(demo, "sample6.jpg"))
    .extract({ left: 1320, top: 130, width: 560, height: 560 })
    .resize(300)
    .png()
    .toBuffer();
  const { raster } = await decodeImage(bytes);
  const boxes = (await findFaces(raster)).map(({ box }) => box).slice(0, 1);
  const corrected = await correctFaces(raster, boxes);
  expect(Buffer.compare(corrected.data, raster.data)).not.toBe(0);
  for (const box of boxes) {
    const [before, after] = [raster, corrected].map(async (image) =>
      describeFace(image, await findLandmarks(image, box)),
    );
    expect(identityScore((await after) ?? new Float32Array(), [(await before) ?? new Float32Array()])).toBeGreaterThan(
      0.85,
    );
  }
  expect(boxes).toHaveLength(1);
}, 60_000);
