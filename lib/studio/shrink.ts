import sharp, { type Sharp } from "sharp";
import { decodeImage } from "@/lib/vision/decode";
import type { Raster } from "@/lib/vision/raster";

export type ShrinkInput = {
  /** a file as a stranger sent it */
  bytes: Uint8Array;
  /** as the sentence of an error calls it */
  name?: string;
  /** the longer side is made to fit; 480 by default */
  maxSide?: number;
  /** webp by default; png keeps alpha */
  format?: "webp" | "jpeg" | "png";
};

export type SmallImage = { bytes: Uint8Array; mimeType: string; width: number; height: number };

const smallSide = 480;

/** A small copy of an image: upright, sRGB, without metadata. @throws {AppError} as `decodeImage` */
export async function shrinkImage({
  bytes,
  name,
  maxSide = smallSide,
  format = "webp",
}: ShrinkInput): Promise<SmallImage> {
  const options = { maxSide, keepAlpha: format === "png", ...(name === undefined ? {} : { name }) };
  const { raster } = await decodeImage(bytes, options);
  return encode(raster, format);
}

const encoders = {
  webp: (image: Sharp) => image.webp({ quality: 82, effort: 3 }),
  // nothing is thrown away of the colours: portraits are cut out of these files
  jpeg: (image: Sharp) => image.jpeg({ quality: 93, chromaSubsampling: "4:4:4" }),
  png: (image: Sharp) => image.png({ compressionLevel: 6 }),
};

/** A raster as a file without metadata. @param maxSide the longer side is made to fit */
export async function encode(raster: Raster, format: keyof typeof encoders, maxSide?: number): Promise<SmallImage> {
  const { width, height, channels } = raster;
  const image = sharp(raster.data, { raw: { width, height, channels } });
  const fitting = maxSide
    ? image.resize({ width: maxSide, height: maxSide, fit: "inside", withoutEnlargement: true })
    : image;
  const { data, info } = await encoders[format](fitting).toBuffer({ resolveWithObject: true });
  return { bytes: new Uint8Array(data), mimeType: `image/${format}`, width: info.width, height: info.height };
}
