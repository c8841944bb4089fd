import sharp from "sharp";
import { AppError } from "@/lib/errors";
import type { Raster } from "./raster";

/** What is read of strangers' images, before a pixel is decoded. */
export const imageLimits = { bytes: 20 * 1024 * 1024, pixels: 50_000_000, side: 30_000 };

const decodeSeconds = 20;

sharp.cache(false);
sharp.concurrency(1);

export type ImageFormat = "jpeg" | "png" | "webp" | "gif" | "avif" | "tiff";

export type DecodedImage = {
  /** upright sRGB; RGB unless alpha was asked for and is there */
  raster: Raster;
  format: ImageFormat;
  /** of the upright original, before it was made to fit */
  width: number;
  height: number;
  /** only the first picture of a moving one was read */
  isAnimated: boolean;
};

export type DecodeOptions = {
  /** as the sentence of an error calls it: "photo 2 (me.jpg)" */
  name?: string;
  /** the longer side is made to fit; 2,048 by default */
  maxSide?: number;
  /** keeps alpha; otherwise what is transparent becomes white */
  keepAlpha?: boolean;
};

/**
 * Decodes a stranger's image: JPEG, PNG, WebP, GIF, AVIF or TIFF, known by its first bytes and by nothing else. Turned
 * upright by its EXIF, converted to sRGB (CMYK, profiles, 16 bits, grey), freed of all metadata.
 *
 * @throws {AppError} `too_large` more than 20 MB or 50 megapixels, said before decoding; `unsupported_type` another kind
 *   of file; `unreadable` damaged, cut short or endless
 */
export async function decodeImage(bytes: Uint8Array, options: DecodeOptions = {}): Promise<DecodedImage> {
  const name = options.name ?? "the image";
  const format = requireFormat(bytes, name);
  const { width, height, isAnimated } = await readHeader(bytes, format, name);
  const maxSide = options.maxSide ?? 2_048;
  const pipeline = sharp(bytes, { limitInputPixels: imageLimits.pixels, failOn: "error", pages: 1 })
    .timeout({ seconds: decodeSeconds })
    .autoOrient()
    .resize({ width: maxSide, height: maxSide, fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb");
  const opaque = options.keepAlpha ? pipeline : pipeline.flatten({ background: "white" });
  const { data, info } = await opaque
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true })
    .catch((error: unknown) => {
      throw unreadable(name, error);
    });
  const pixels = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { raster: toColour({ ...info, data: pixels }), format, width, height, isAnimated };
}

/** The size as it lies in the file, from its header. Everything that is too much is refused here. */
async function readHeader(bytes: Uint8Array, format: ImageFormat, name: string) {
  const header = await sharp(bytes, { limitInputPixels: false, failOn: "error" })
    .metadata()
    .catch((error: unknown) => {
      throw unreadable(name, error);
    });
  if (header.format !== (format === "avif" ? "heif" : format)) throw unreadable(name);
  const { width, height } = header.autoOrient;
  if (width * height > imageLimits.pixels || Math.max(width, height) > imageLimits.side) {
    const size = `${width.toLocaleString("en")} × ${height.toLocaleString("en")}`;
    throw new AppError("too_large", `${capital(name)} has ${size} pixels; at most 50 megapixels are read.`);
  }
  return { width, height, isAnimated: (header.pages ?? 1) > 1 && format !== "tiff" };
}

/** Greyscale comes out with one channel, or with two. */
function toColour({
  data,
  width,
  height,
  channels,
}: {
  data: Uint8Array;
  width: number;
  height: number;
  channels: number;
}): Raster {
  if (channels === 3 || channels === 4) return { data, width, height, channels };
  const hasAlpha = channels === 2;
  const target = new Uint8Array(width * height * (hasAlpha ? 4 : 3));
  const step = hasAlpha ? 4 : 3;
  for (let pixel = 0; pixel < width * height; pixel++) {
    target.fill(data[pixel * channels] ?? 0, pixel * step, pixel * step + 3);
    if (hasAlpha) target[pixel * step + 3] = data[pixel * channels + 1] ?? 255;
  }
  return { data: target, width, height, channels: hasAlpha ? 4 : 3 };
}

function requireFormat(bytes: Uint8Array, name: string): ImageFormat {
  if (bytes.byteLength > imageLimits.bytes) {
    throw new AppError("too_large", `${capital(name)} has more than 20 MB.`);
  }
  const format = sniff(Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 64)));
  if (format === "heic") {
    const sentence = `${capital(name)} is a HEIC photo, which cannot be read here. Save it as JPEG, PNG or WebP.`;
    throw new AppError("unsupported_type", sentence);
  }
  if (format) return format;
  throw new AppError("unsupported_type", `${capital(name)} is not a JPEG, PNG, WebP, GIF, AVIF or TIFF image.`);
}

/** The kind of an image by its first bytes; the file's name and type say nothing. */
function sniff(head: Buffer): ImageFormat | "heic" | null {
  const text = head.toString("latin1");
  if (text.startsWith("\xff\xd8\xff")) return "jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) return "webp";
  if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) return "gif";
  if (text.startsWith("II*\0") || text.startsWith("MM\0*")) return "tiff";
  if (!text.startsWith("ftyp", 4)) return null;
  const brands = text.slice(8);
  if (/avif|avis/.test(brands)) return "avif";
  return /hei[cxms]|hev[cxms]|mif1|msf1/.test(brands) ? "heic" : null;
}

function unreadable(name: string, cause?: unknown): AppError {
  return new AppError("unreadable", `${capital(name)} is damaged and cannot be read.`, { cause });
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
