import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { identityScore } from "@/lib/vision/compare";
import { decodeImage } from "@/lib/vision/decode";
import { describeFace, findFaces, findLandmarks } from "@/lib/vision/faces";
import { findMesh } from "@/lib/vision/mesh";
import type { Box, Raster } from "@/lib/vision/raster";
import { measureFace } from "./inspect-measure";
import type { StudioPerson } from "./studio-order";
import { swapFace } from "./swap";

const demo = join(dirname(createRequire(import.meta.url).resolve("@vladmandic/face-api/package.json")), "demo");

async function cut(file: string, left: number, top: number, side: number): Promise<Raster> {
  const bytes = await sharp(join(demo, file))
    .extract({ left, top, width: side, height: side })
    .resize(300)
    .png()
    .toBuffer();
  return (await decodeImage(bytes)).raster;
}

async function boxOf(image: Raster): Promise<Box> {
  const [face] = await findFaces(image);
  if (!face) throw new Error("The test's picture has a face.");
  return face.box;
}

async function photoOf(image: Raster): Promise<StudioPerson["photos"][number]> {
  const box = await boxOf(image);
  const landmarks = await findLandmarks(image, box);
  const { yaw, pitch, roll } = await findMesh(image, landmarks);
  const { data, width, height, channels } = image;
  const reading = { box, confidence: 1, yaw, pitch, roll, ...measureFace(image, box) };
  const bytes = await sharp(data, { raw: { width, height, channels } }).png().toBuffer();
  return { bytes: new Uint8Array(bytes), reading, descriptor: await describeFace(image, landmarks) };
}

describe("swapFace", () => {
  let input: Raster;
  let person: StudioPerson;
  let face: Box;
  const order = (changes: object) => ({
    ...{ input, mask: null, people: [person], denoisingStrength: null, seed: 7 },
    ...changes,
  });

  beforeAll(async () => {
    [input, person] = [
      await cut("sample6.jpg", 1320, 130, 560),
      {
        ...{ title: "Ada", noun: null, strength: 1 },
        photos: [await photoOf(await cut("sample3.jpg", 405, 185, 560))],
      },
    ];
    face = await boxOf(input);
  }, 60_000);

  async function likeness(image: Raster): Promise<number> {
    const landmarks = await findLandmarks(image, face);
    return (
      identityScore(await describeFace(image, landmarks), [person.photos[0]?.descriptor ?? new Float32Array()]) ?? 0
    );
  }

  it("makes the face the person's, the more the higher the strength", async () => {
    const scores = [];
    for (const strength of [0, 0.25, 0.5, 0.75, 1]) {
      const { raster } = await swapFace(order({ people: [{ ...person, strength }] }));
      scores.push(await likeness(raster));
    }
    expect(scores.toSorted((a, b) => a - b)).toEqual(scores);
    expect(scores[0]).toBeLessThan(0.3);
    expect(scores[4]).toBeGreaterThan(0.5);
  }, 60_000);

  it("gives the same bytes for the same seed, and changes only the face", async () => {
    const [one, two] = [await swapFace(order({})), await swapFace(order({}))];
    expect(Buffer.compare(one.raster.data, two.raster.data)).toBe(0);
    const border = 12 * input.width * 3;
    expect(Buffer.compare(one.raster.data.subarray(0, border), input.data.subarray(0, border))).toBe(0);
  }, 60_000);

  it("changes nothing at a denoising strength of 0, nor where the mask is black", async () => {
    expect((await swapFace(order({ denoisingStrength: 0 }))).raster.data).toEqual(input.data);
    const { width, height } = input;
    const half = new Uint8Array(width * height * 3).map((_, at) => ((at / 3) % width < width / 2 ? 255 : 0));
    const mask: Raster = { data: half, width, height, channels: 3 };
    const { raster } = await swapFace(order({ mask }));
    const changed = half.map((_, at) => (raster.data[at] === input.data[at] ? 0 : 1));
    expect(changed.filter((value) => value === 1).length).toBeGreaterThan(1000);
    expect(changed.filter((value, at) => value === 1 && half[at] === 0)).toHaveLength(0);
  }, 60_000);

  it("says why when there is no face, or none that may change", async () => {
    const { width, height } = input;
    const empty: Raster = { data: new Uint8Array(width * height * 3).fill(120), width, height, channels: 3 };
    await expect(swapFace(order({ input: empty }))).rejects.toThrow("There is no face in the input image");
    const black: Raster = { ...empty, data: new Uint8Array(width * height * 3) };
    await expect(swapFace(order({ mask: black }))).rejects.toThrow("The mask leaves no face");
  }, 60_000);
});
