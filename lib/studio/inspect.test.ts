import sharp, { type Sharp } from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { demoGroup, demoPerson } from "@/lib/vision/testing";
import { inspectPhoto } from "./inspect";
import { judge } from "./inspect-verdict";
import { comparePhotos } from "./same-person";
import { scoreImage } from "./score";

let smiling: Buffer;

beforeAll(async () => {
  smiling = await demoPerson("smiling");
});

function inspect(bytes: Uint8Array) {
  return inspectPhoto({ name: "photo 2 (me.jpg)", bytes });
}

describe("a photo that will do", () => {
  test("is kept upright and without metadata, with what was measured of the face", async () => {
    const sideways = await sharp(smiling).rotate(270).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const found = await inspect(sideways);
    expect(found).toMatchObject({
      problem: null,
      warnings: [],
      photo: { mimeType: "image/jpeg", width: 541, height: 1010 },
    });
    expect(found.small).toMatchObject({ mimeType: "image/webp", height: 480 });
    const { exif, icc, orientation } = await sharp(found.photo?.bytes).metadata();
    expect({ exif, icc, orientation }).toEqual({ exif: undefined, icc: undefined, orientation: undefined });
    const { box, confidence, sharpness, light } = found.reading ?? { box: { height: 0 } };
    expect(box.height).toBeGreaterThan(200);
    expect(confidence).toBeGreaterThan(0.9);
    expect(sharpness).toBeGreaterThan(50);
    expect(light).toBeGreaterThan(0.4);
    expect(found.descriptor).toHaveLength(128);
    const { descriptor } = found;
    if (!descriptor) throw new Error("the descriptor is missing");
    expect(await scoreImage({ bytes: smiling, people: [[descriptor], [descriptor], []] })).toMatchObject({
      faces: 1,
      scores: [expect.closeTo(1, 1), null, null],
    });
  });

  test("that lies on its side without saying so is turned, and that is told", async () => {
    const found = await inspect(await sharp(smiling).rotate(90).jpeg().toBuffer());
    expect(found.warnings.map(({ code }) => code)).toEqual(["was_turned"]);
    expect(found.photo).toMatchObject({ width: 541, height: 1010 });
  });

  test("small, soft and dark it is taken with a word of warning", async () => {
    const small = await sharp(smiling).resize(190).linear(0.3, 0).jpeg({ quality: 95 }).toBuffer();
    const found = await inspect(small);
    expect(found.problem).toBeNull();
    expect(found.warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(["small_face", "dark"]));
    expect(found.warnings[0]?.message).toContain("photo 2 (me.jpg)");
  });
});

describe("a photo that will not do", () => {
  test.each<[string, (photo: Sharp) => Sharp]>([
    ["face_too_small", (photo) => photo.resize(110)],
    ["blurred", (photo) => photo.blur(7)],
    ["no_face", (photo) => photo.extract({ left: 0, top: 600, width: 500, height: 400 })],
  ])("%s", async (code, change) => {
    const { problem, photo, descriptor } = await inspect(await change(sharp(smiling)).png().toBuffer());
    expect(problem).toMatchObject({ code, message: expect.stringMatching(/photo 2 \(me\.jpg\).*\.$/i) });
    expect({ photo, descriptor }).toEqual({ photo: null, descriptor: null });
  });

  test("shows several people, is no photo, or is one pixel", async () => {
    expect((await inspect(await demoGroup(1))).problem).toEqual({
      code: "several_faces",
      message: "Photo 2 (me.jpg) shows 3 faces. Use a photo of one person, or cut the others off.",
    });
    expect((await inspect(Buffer.from("<svg/>"))).problem?.code).toBe("unsupported_type");
    expect((await inspect(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0]))).problem?.code).toBe("unreadable");
    const dot = { width: 1, height: 1, channels: 3 as const, background: "#fff" };
    expect((await inspect(await sharp({ create: dot }).png().toBuffer())).problem?.code).toBe("no_face");
  });

  test("is nearly black", () => {
    const box = { x: 100, y: 100, width: 200, height: 240 };
    const reading = { box, confidence: 0.9, yaw: 0, pitch: 0, roll: 0, sharpness: 40, light: 0.02 };
    const raster = { data: new Uint8Array(0), width: 600, height: 600, channels: 3 as const };
    const mesh = { points: new Float32Array(0), confidence: 1, yaw: 0, pitch: 0, roll: 0 };
    const judged = {
      name: "photo 1",
      raster,
      faces: [reading],
      mesh,
      quarters: 0,
      isAnimated: false,
      reading,
      scale: 1,
    };
    expect(judge(judged).problem?.code).toBe("too_dark");
    expect(judge({ ...judged, reading: { ...reading, light: 0.5, yaw: 50 } })).toMatchObject({
      problem: null,
      warnings: [{ code: "turned" }],
    });
  });
});

test("photos of somebody else are told apart from the rest", () => {
  const person = (value: number) => Float32Array.from({ length: 128 }, () => value);
  const photo = (name: string, value: number) => ({ name, descriptor: person(value) });
  expect(comparePhotos([])).toBeNull();
  expect(comparePhotos([photo("photo 1", 0), photo("photo 2", 0.04)])).toBeNull();
  expect(comparePhotos([photo("photo 1", 0), photo("photo 2", 0.02), photo("photo 3", 0.1)])).toMatchObject({
    code: "different_people",
    photos: [2],
    message: expect.stringContaining("photo 3"),
  });
});
