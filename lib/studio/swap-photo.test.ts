import { describe, expect, it } from "vitest";
import type { StudioPerson } from "./studio-order";
import { choosePhoto, mirrored } from "./swap-photo";

type Photo = StudioPerson["photos"][number];

const photo = (reading: Partial<Photo["reading"]>): Photo => ({
  bytes: new Uint8Array(),
  descriptor: new Float32Array(128),
  reading: {
    ...{ box: { x: 0, y: 0, width: 300, height: 300 }, confidence: 1, yaw: 0, pitch: 0, roll: 0 },
    ...{ sharpness: 120, light: 0.5, ...reading },
  },
});

describe("choosePhoto", () => {
  it("takes the photo that looks the way the input's face looks", () => {
    const [left, straight, right] = [photo({ yaw: -25 }), photo({}), photo({ yaw: 30 })];
    const chosen = choosePhoto([left, straight, right], { yaw: 28, pitch: 0 }, 200, 1);
    expect(chosen).toEqual({ photo: right, isMirrored: false });
  });

  it("mirrors a photo rather than bridging a wide turn", () => {
    const only = photo({ yaw: -30 });
    expect(choosePhoto([only], { yaw: 28, pitch: 0 }, 200, 1)).toEqual({ photo: only, isMirrored: true });
    expect(choosePhoto([only], { yaw: 3, pitch: 0 }, 200, 1).isMirrored).toBe(false);
  });

  it("prefers the sharp and the large one of two that look the same way", () => {
    const good = photo({});
    expect(choosePhoto([photo({ sharpness: 20 }), good], { yaw: 0, pitch: 0 }, 200, 0).photo).toBe(good);
    const small = photo({ box: { x: 0, y: 0, width: 50, height: 50 } });
    expect(choosePhoto([small, good], { yaw: 0, pitch: 0 }, 300, 0).photo).toBe(good);
  });

  it("lets the seed decide among those that are as good", () => {
    const photos = [photo({}), photo({ yaw: 2 }), photo({ yaw: -3 })];
    const chosen = [0, 1, 2].map((seed) => choosePhoto(photos, { yaw: 0, pitch: 0 }, 200, seed).photo);
    expect(new Set(chosen).size).toBe(3);
  });
});

describe("mirrored", () => {
  it("exchanges left and right, and is its own opposite", () => {
    const raster = { data: Uint8Array.of(1, 2, 3, 4, 5, 6), width: 2, height: 1, channels: 3 as const };
    expect(mirrored(raster).data).toEqual(Uint8Array.of(4, 5, 6, 1, 2, 3));
    expect(mirrored(mirrored(raster))).toEqual(raster);
  });
});
