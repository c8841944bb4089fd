import { beforeAll, describe, expect, test } from "vitest";
import { cosine, distance, identityScore } from "./compare";
import { decodeImage } from "./decode";
import { describeFace, findFaces, findLandmarks, middle } from "./faces";
import { findMatte, matteSide } from "./matte";
import { findMesh, meshSize } from "./mesh";
import type { Raster } from "./raster";
import { cropTo } from "./resample";
import { demoGroup, demoPerson } from "./testing";
import { turnQuarters } from "./turn";

let smiling: Raster;
let blonde: Raster;
/** Models are slow: what both are is read once. */
let she: Awaited<ReturnType<typeof read>>;
let other: Awaited<ReturnType<typeof read>>;

beforeAll(async () => {
  smiling = (await decodeImage(await demoPerson("smiling"))).raster;
  blonde = (await decodeImage(await demoPerson("blonde"))).raster;
  she = await read(smiling);
  other = await read(blonde);
});

async function read(image: Raster) {
  const [face] = await findFaces(image);
  if (!face) throw new Error("no face was found");
  const landmarks = await findLandmarks(image, face.box);
  return { ...face, landmarks, descriptor: await describeFace(image, landmarks) };
}

function resized(image: Raster, width: number): Raster {
  const whole = { x: 0, y: 0, width: image.width, height: image.height };
  return cropTo(image, whole, width, Math.round((image.height / image.width) * width));
}

/** As if the light were this share of what it was. */
function darker({ data, ...size }: Raster, share: number): Raster {
  return { ...size, data: data.map((level) => level * share) };
}

describe("faces", () => {
  test("finds all of a group, and none in a wall", async () => {
    const { raster } = await decodeImage(await demoGroup(1));
    const found = await findFaces(raster);
    expect(found).toHaveLength(3);
    expect(found.every(({ box, confidence }) => box.height > 200 && confidence > 0.9)).toBe(true);
    const wall = { x: 0, y: 0, width: 300, height: 300 };
    expect(await findFaces(cropTo(raster, wall, 300, 300))).toEqual([]);
  });

  test("finds a face in little light, and one that fills the picture", async () => {
    const { box } = she;
    expect(await findFaces(darker(smiling, 0.12))).toHaveLength(1);
    expect(await findFaces(cropTo(smiling, box, 200, 240))).toHaveLength(1);
  });

  test("puts landmarks where eyes and mouth are, also in a small copy", async () => {
    const { box, landmarks } = she;
    const [left, right, mouth] = [[36, 42] as const, [42, 48] as const, [48, 68] as const].map(([from, end]) =>
      middle(landmarks.points, from, end),
    );
    if (!left || !right || !mouth) throw new Error("a landmark is missing");
    expect(left.x).toBeLessThan(right.x);
    expect(mouth.y - left.y).toBeGreaterThan(box.height * 0.25);
    const small = await read(resized(smiling, 270));
    const nose = small.landmarks.points[30];
    expect((nose?.x ?? 0) * (541 / 270)).toBeCloseTo(landmarks.points[30]?.x ?? 0, -1);
  });

  test("tells people apart: small or dark the same, somebody else not", async () => {
    expect(distance(she.descriptor, (await read(resized(smiling, 270))).descriptor)).toBeLessThan(0.2);
    expect(distance(she.descriptor, (await read(darker(smiling, 0.5))).descriptor)).toBeLessThan(0.25);
    expect(distance(she.descriptor, other.descriptor)).toBeGreaterThan(0.6);
    expect(identityScore(she.descriptor, [she.descriptor])).toBe(1);
    expect(identityScore(she.descriptor, [other.descriptor])).toBeLessThan(0.35);
    expect(identityScore(she.descriptor, [])).toBeNull();
    expect(cosine(she.descriptor, she.descriptor)).toBeCloseTo(1, 6);
  });

  test("gives the same bytes for the same picture", async () => {
    expect(await read(smiling)).toEqual(she);
    expect((await findMatte(smiling)).data).toEqual((await findMatte(smiling)).data);
  });
});

describe("mesh and matte", () => {
  test("the mesh agrees with the landmarks and knows where the head looks", async () => {
    const { box, landmarks } = she;
    const mesh = await findMesh(smiling, landmarks);
    expect(mesh.points).toHaveLength(meshSize * 3);
    expect(mesh.confidence).toBeGreaterThan(0.9);
    // tip of the nose, corners of the eyes, chin
    for (const [landmark, point] of [
      [30, 1],
      [36, 33],
      [45, 263],
      [8, 152],
    ] as const) {
      const { x, y } = landmarks.points[landmark] ?? { x: 0, y: 0 };
      const apart = Math.hypot(x - (mesh.points[point * 3] ?? 0), y - (mesh.points[point * 3 + 1] ?? 0));
      expect(apart / box.height).toBeLessThan(0.1);
    }
    expect(mesh.yaw).toBeLessThan(-10);
    const mirrored = mirror(smiling);
    const turned = await findMesh(mirrored, (await read(mirrored)).landmarks);
    expect(turned.yaw).toBeGreaterThan(10);
  });

  test("the mesh of a profile says that it is none", async () => {
    const { raster } = await decodeImage(await demoPerson("profile"));
    const mesh = await findMesh(raster, (await read(raster)).landmarks);
    expect(mesh.confidence).toBeLessThan(0.6);
  });

  test("the matte holds the face and not the corner beside it", async () => {
    const { box } = other;
    const matte = await findMatte(blonde);
    const at = (x: number, y: number) => {
      const column = Math.floor((x / blonde.width) * matteSide);
      return matte.data[Math.floor((y / blonde.height) * matteSide) * matteSide + column] ?? -1;
    };
    expect(at(box.x + box.width / 2, box.y + box.height / 2)).toBeGreaterThan(0.9);
    expect(at(blonde.width - 5, 5)).toBeLessThan(0.1);
    expect(at(5, 5)).toBeLessThan(0.1);
  });
});

test("four quarters of a turn are none, and one brings the left to the top", () => {
  const image: Raster = { data: Uint8Array.from({ length: 6 * 3 }, (_, at) => at), width: 3, height: 2, channels: 3 };
  const turned = turnQuarters(image, 1);
  expect([turned.width, turned.height]).toEqual([2, 3]);
  expect([...turned.data.subarray(0, 6)]).toEqual([9, 10, 11, 0, 1, 2]);
  expect(turnQuarters(turned, 3)).toEqual(image);
  expect(turnQuarters(turnQuarters(image, 2), 2)).toEqual(image);
});

function mirror(image: Raster): Raster {
  const data = new Uint8Array(image.data.length);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      const from = (y * image.width + x) * 3;
      data.set(image.data.subarray(from, from + 3), (y * image.width + image.width - 1 - x) * 3);
    }
  }
  return { ...image, data };
}
