import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { readImageHead } from "./image-head";
import { nearestShape, smallEnough } from "./photos";
import { picture } from "./testing-order";

const noise = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: "#888", noise: { type: "gaussian", mean: 128, sigma: 60 } },
  });

const copyright = (text: string) => ({ exif: { IFD0: { Copyright: text } } });

describe("the first bytes of an image", () => {
  test.each([
    ["png", () => picture("#123456", 301, 203)],
    ["jpeg", () => picture("#123456", 301, 203, "jpeg")],
    ["jpeg", () => noise(301, 203).jpeg({ progressive: true }).withMetadata(copyright("x")).toBuffer()],
    ["webp", () => picture("#123456", 301, 203, "webp")],
    ["webp", () => noise(301, 203).webp({ lossless: true }).toBuffer()],
    ["webp", () => noise(301, 203).ensureAlpha(0.5).webp().toBuffer()],
  ])("tell kind and size: %s", async (kind, make) => {
    const bytes = await make();
    expect(readImageHead(bytes)).toEqual({ mimeType: `image/${kind}`, width: 301, height: 203 });
    // cut anywhere, it is either known already or no image; it never throws and never loops
    for (let end = 0; end < 400; end++) readImageHead(bytes.subarray(0, end));
  });

  test("of anything else tell nothing", () => {
    for (const text of ["", "GIF89a", "<svg/>", "RIFF1234WAVEfmt ", "\u0089PNG\r\n\u001a\n", "%PDF-1.7"]) {
      expect(readImageHead(Buffer.from(text, "latin1"))).toBeNull();
    }
    const zeros = Buffer.from(empty);
    expect(readImageHead(zeros)).toBeNull();
    expect(readImageHead(Buffer.from([0xff, 0xd8, ...Array<number>(4_000).fill(0xff)]))).toBeNull();
  });
});

/** A PNG's head that says 0 × 0. */
const empty = [
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 0, 0, 0, 0, 0,
];

test("a large photo is sent smaller and without what it says of itself, a small one as it is", async () => {
  const large = await noise(2400, 1200).jpeg().withMetadata(copyright("secret")).toBuffer();
  const sent = await smallEnough({ bytes: large, mimeType: "image/jpeg" });
  expect(readImageHead(sent.bytes)).toEqual({ mimeType: "image/jpeg", width: 1536, height: 768 });
  expect(Buffer.from(sent.bytes).includes("secret")).toBe(false);
  const small = await picture("#fff");
  expect((await smallEnough({ bytes: small, mimeType: "image/png" })).bytes).toBe(small);
});

test("of shapes the nearest is taken, as much too wide counting as too high", () => {
  expect(nearestShape(["1:1", "4:5", "9:16"], 768, 960)).toBe("4:5");
  expect(nearestShape(["1024x1024", "1024x1536", "1536x1024"], 1920, 1080)).toBe("1536x1024");
});
