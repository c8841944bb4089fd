import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { encode } from "@/lib/studio/shrink";
import { seededRandom } from "@/lib/seeded-random";
import { decodeImage } from "./decode";

const plain = { width: 60, height: 40, channels: 3 as const };

/** Red at the left, blue at the right. */
function twoColours() {
  return sharp({ create: { ...plain, background: "#0000ff" } }).composite([
    { input: { create: { width: 30, height: 40, channels: 3, background: "#ff0000" } }, left: 0, top: 0 },
  ]);
}

async function codeOf(bytes: Uint8Array): Promise<string> {
  try {
    await decodeImage(bytes, { name: "photo 2 (me.jpg)" });
    return "read";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.message).toMatch(/^Photo 2 \(me\.jpg\) .*\.$/);
    return error.code;
  }
}

/** The colour at a place, from 0 to 1 across and down. */
function colourAt({ raster }: Awaited<ReturnType<typeof decodeImage>>, x: number, y: number): number[] {
  const at = (Math.floor(y * raster.height) * raster.width + Math.floor(x * raster.width)) * raster.channels;
  return [...raster.data.subarray(at, at + 3)];
}

describe("what is an image", () => {
  test.each(["jpeg", "png", "webp", "gif", "avif", "tiff"] as const)("reads %s", async (format) => {
    const read = await decodeImage(await twoColours().toFormat(format).toBuffer());
    expect(read).toMatchObject({
      format,
      width: 60,
      height: 40,
      isAnimated: false,
      raster: { width: 60, channels: 3 },
    });
    const [red = 0, , blue = 0] = colourAt(read, 0.2, 0.5);
    expect(red - blue).toBeGreaterThan(150);
  });

  test("turns it upright by its EXIF, and nothing of that or of the place stays", async () => {
    const exif = { IFD0: { Copyright: "somebody" }, IFD3: { GPSLatitude: "51/1 30/1 0/1", GPSLatitudeRef: "N" } };
    const bytes = await twoColours().withExif(exif).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const read = await decodeImage(bytes);
    expect(read).toMatchObject({ width: 40, height: 60 });
    // what was at the left is on top
    expect(colourAt(read, 0.5, 0.2)[0]).toBeGreaterThan(200);
    expect(colourAt(read, 0.5, 0.8)[2]).toBeGreaterThan(200);
    const kept = Buffer.from((await encode(read.raster, "jpeg")).bytes);
    expect(await sharp(kept).metadata()).not.toMatchObject({ exif: expect.anything() });
    expect(kept.includes("somebody")).toBe(false);
  });

  test("reads CMYK, 16 bits, grey and palettes as sRGB", async () => {
    const cmyk = await decodeImage(await twoColours().toColourspace("cmyk").jpeg({ quality: 95 }).toBuffer());
    expect(cmyk.raster.channels).toBe(3);
    const [red = 0, green = 0, blue = 0] = colourAt(cmyk, 0.2, 0.5);
    expect(red).toBeGreaterThan(180);
    expect(Math.max(green, blue)).toBeLessThan(90);
    const deep = await decodeImage(await twoColours().toColourspace("rgb16").png().toBuffer());
    expect(colourAt(deep, 0.2, 0.5)).toEqual([255, 0, 0]);
    const grey = await decodeImage(await twoColours().greyscale().png().toBuffer());
    expect(grey.raster.channels).toBe(3);
    const palette = await decodeImage(await twoColours().png({ palette: true }).toBuffer());
    expect(colourAt(palette, 0.8, 0.5)[2]).toBeGreaterThan(240);
  });

  test("takes the first picture of one that moves", async () => {
    const frames = Buffer.concat([
      await twoColours().removeAlpha().raw().toBuffer(),
      await twoColours().removeAlpha().negate().raw().toBuffer(),
    ]);
    const strip = sharp(frames, { raw: { width: 60, height: 80, channels: 3, pageHeight: 40 } });
    for (const bytes of [await strip.clone().gif().toBuffer(), await strip.clone().webp().toBuffer()]) {
      const read = await decodeImage(bytes);
      expect(read).toMatchObject({ isAnimated: true, height: 40, raster: { height: 40 } });
      expect(colourAt(read, 0.2, 0.5)[0]).toBeGreaterThan(200);
    }
  });

  test("transparent parts are white, unless alpha is asked for", async () => {
    const clear = { width: 8, height: 8, channels: 4 as const, background: { r: 200, g: 0, b: 0, alpha: 0 } };
    const bytes = await sharp({ create: clear }).png().toBuffer();
    expect(colourAt(await decodeImage(bytes), 0.5, 0.5)).toEqual([255, 255, 255]);
    expect((await decodeImage(bytes, { keepAlpha: true })).raster.channels).toBe(4);
  });
});

describe("what strangers send", () => {
  test("refuses what is no image, whatever it is called", async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>`;
    const files = [
      svg,
      `<?xml version="1.0"?>${svg}`,
      "%PDF-1.7\n",
      "<html></html>",
      "PK\u0003\u0004",
      "",
      "\u0000",
      "BM1234",
    ];
    for (const file of files) expect(await codeOf(Buffer.from(file))).toBe("unsupported_type");
    expect(await codeOf(Buffer.from("....ftypheic....mif1heic", "latin1"))).toBe("unsupported_type");
    expect(await codeOf(Buffer.alloc(20 * 1024 * 1024 + 1))).toBe("too_large");
  });

  test("refuses bombs by their header, before a pixel is decoded", async () => {
    const before = process.memoryUsage.rss();
    for (const [width, height] of [
      [60_000, 60_000],
      [2_000_000, 2],
      [7_100, 7_100],
    ] as const) {
      expect(await codeOf(pngOf(width, height))).toBe("too_large");
    }
    const gif = Buffer.concat([Buffer.from("GIF89a"), Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0x3b])]);
    expect(["too_large", "unreadable"]).toContain(await codeOf(gif));
    const jpeg = await twoColours().jpeg().toBuffer();
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    jpeg.fill(0xf0, frame + 5, frame + 9);
    expect(await codeOf(jpeg)).toBe("too_large");
    // a claim that the data do not keep
    expect(await codeOf(pngOf(4_000, 4_000))).toBe("unreadable");
    expect(process.memoryUsage.rss() - before).toBeLessThan(300 * 1024 * 1024);
  });

  test("of a file that is two things, only the picture is taken", async () => {
    const script = "<script>alert(1)</script>";
    const both = Buffer.concat([await twoColours().jpeg().toBuffer(), Buffer.from(`PK\u0003\u0004${script}`)]);
    const { raster } = await decodeImage(both);
    expect(Buffer.from((await encode(raster, "png")).bytes).includes(script)).toBe(false);
    expect(await codeOf(Buffer.from(`GIF89a/*${"\u0000".repeat(40)}*/=1;alert(1)//`))).not.toBe("read");
  });

  test("one pixel is an image, and 30,000 by 1 are", async () => {
    const dot = { width: 1, height: 1, channels: 3 as const, background: "#fff" };
    expect(await codeOf(await sharp({ create: dot }).png().toBuffer())).toBe("read");
    expect(
      await codeOf(
        await sharp({ create: { ...dot, width: 30_000 } })
          .png()
          .toBuffer(),
      ),
    ).toBe("read");
  });

  test("cut short or with any byte changed, it is read or refused in words, and never breaks", async () => {
    const random = seededRandom(7);
    for (const format of ["jpeg", "png", "webp", "gif", "avif", "tiff"] as const) {
      const whole = await twoColours().toFormat(format).toBuffer();
      expect(await codeOf(whole.subarray(0, 40))).toBe("unreadable");
      for (let round = 0; round < 25; round++) {
        const bytes = Buffer.from(whole);
        for (let change = 0; change < 3; change++)
          bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
        await codeOf(round % 2 ? bytes : bytes.subarray(0, Math.floor(random() * bytes.length)));
      }
    }
    const half = await twoColours().png({ compressionLevel: 0 }).toBuffer();
    expect(await codeOf(half.subarray(0, half.length / 2))).toBe("unreadable");
  });
});

/** A PNG that claims a size and has a line of pixels. */
function pngOf(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(100))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, check]);
}

function crc(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}
