import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { readImageHead } from "./image-head";
import { markImage } from "./mark-image";
import { nearestShape, smallEnough } from "./photos";
import { picture, pixelsOf } from "./testing-order";

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

describe("an image that was made elsewhere is marked", () => {
  const marked = (bytes: Buffer) => {
    const head = readImageHead(bytes);
    if (head === null) throw new Error("This is no image.");
    return Buffer.from(markImage(bytes, head, "OpenAI"));
  };

  test.each([
    ["png", () => noise(30, 20).png().withMetadata(copyright("secret")).toBuffer()],
    ["jpeg", () => noise(30, 20).jpeg().toBuffer()],
    ["jpeg", () => noise(30, 20).jpeg().withMetadata(copyright("x")).toBuffer()],
  ])("and shows the same: %s", async (kind, make) => {
    const bytes = await make();
    const file = marked(bytes);
    expect(file.toString("latin1")).toContain("Made by a machine (OpenAI), not a photograph.");
    expect(await pixelsOf(file)).toEqual(await pixelsOf(bytes));
    if (kind === "png") expect(file.toString("latin1")).not.toContain("secret");
  });

  test("unless it is signed, is a WebP, or is broken: then it stays as it is", async () => {
    const png = await picture("#123456");
    const signed = Buffer.concat([png.subarray(0, 33), Buffer.from("\0\0\0\0caBX1234", "latin1"), png.subarray(33)]);
    const jpeg = await picture("#123456", 30, 20, "jpeg");
    const credentials = Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xeb, 0, 4, 1, 2]), jpeg.subarray(2)]);
    const webp = await picture("#123456", 30, 20, "webp");
    for (const file of [signed, credentials, webp, png.subarray(0, 60)]) expect(marked(file)).toEqual(file);
    for (let end = 24; end < jpeg.length; end++) {
      const head = { mimeType: "image/jpeg", width: 1, height: 1 } as const;
      markImage(jpeg.subarray(0, end), head, "x");
    }
  });
});

test("of shapes the nearest is taken, as much too wide counting as too high", () => {
  expect(nearestShape(["1:1", "4:5", "9:16"], 768, 960)).toBe("4:5");
  expect(nearestShape(["1024x1024", "1024x1536", "1536x1024"], 1920, 1080)).toBe("1536x1024");
});
