import { createHash } from "node:crypto";
import type { ImageFile, Person } from "../engine";
import { readImageHead } from "./image-head";

type Photo = Person["photos"][number];

/** The longer side of what is sent: more shows no engine more of a face. */
const mostPixels = 1_536;
const mostBytes = 2 * 1024 * 1024;
/** Our own files, but large enough to be worth a bound. */
// sharp is loaded where pictures are made, not wherever engines are listed
const decoding = { limitInputPixels: 60_000_000, failOn: "error", sequentialRead: true } as const;

/** The photos of a person that show most of the face, best first: looking here, sharp, large and certain. */
export function bestPhotos(person: Person, most: number): Photo[] {
  return person.photos.toSorted((a, b) => worth(b) - worth(a)).slice(0, most);
}

function worth({ reading }: Photo): number {
  const turned = Math.abs(reading.yaw) / 45 + Math.abs(reading.pitch) / 45;
  const size = Math.min(1, Math.sqrt(reading.box.width * reading.box.height) / 400);
  const sharpness = Math.min(1, reading.sharpness / 300);
  return reading.confidence + size + sharpness - turned;
}

/** A photo as it is sent: no longer than 1,536 pixels, without metadata; one that is so already stays as it is. */
export async function smallEnough(file: ImageFile): Promise<ImageFile> {
  const head = readImageHead(file.bytes);
  const isSmall = head !== null && Math.max(head.width, head.height) <= mostPixels && file.bytes.length <= mostBytes;
  if (isSmall) return { bytes: file.bytes, mimeType: head.mimeType };
  const { default: sharp } = await import("sharp");
  const bytes = await sharp(file.bytes, decoding)
    .resize({ width: mostPixels, height: mostPixels, fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: 92, chromaSubsampling: "4:4:4" })
    .toBuffer();
  return { bytes, mimeType: "image/jpeg" };
}

/** Of every person the best photos, as they are sent, in the order of the people. */
export function photosToSend(people: readonly Person[], most: number): Promise<ImageFile[][]> {
  return Promise.all(people.map((person) => Promise.all(bestPhotos(person, most).map(smallEnough))));
}

/** A mask whose white may change as OpenAI wants it: what may change is transparent, at the size of the input. */
export async function maskAsAlpha(mask: ImageFile, input: ImageFile): Promise<ImageFile> {
  const { default: sharp } = await import("sharp");
  const { width, height } = await sharp(input.bytes, decoding).metadata();
  const kept = await sharp(mask.bytes, decoding)
    .flatten({ background: "#000" })
    .resize(width, height, { fit: "fill" })
    .toColourspace("b-w")
    .extractChannel(0)
    .negate()
    .raw()
    .toBuffer();
  const bytes = await sharp({ create: { width, height, channels: 3, background: "#000" } })
    .joinChannel(kept, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
  return { bytes, mimeType: "image/png" };
}

/** A mask that lets all of an image change. */
export async function wholeMask(input: ImageFile): Promise<ImageFile> {
  const { default: sharp } = await import("sharp");
  const { width, height } = await sharp(input.bytes, decoding).metadata();
  const white = sharp({ create: { width, height, channels: 3, background: "#fff" } });
  return { bytes: await white.png().toBuffer(), mimeType: "image/png" };
}

/** A name by the bytes: the same photo has the same one. */
export function fileName({ bytes, mimeType }: ImageFile): string {
  const ending = { "image/jpeg": "jpg", "image/webp": "webp" }[mimeType] ?? "png";
  return `faces-${createHash("sha256").update(bytes).digest("hex").slice(0, 24)}.${ending}`;
}

/** Of sizes or ratios, that whose shape is nearest. */
export function nearestShape<S extends string>(shapes: readonly [S, ...S[]], width: number, height: number): S {
  const distance = (shape: S) => {
    const [w = 1, h = 1] = shape.split(/[x:]/u).map(Number);
    return Math.abs(Math.log(w / h) - Math.log(width / height));
  };
  return shapes.reduce((best, shape) => (distance(shape) < distance(best) ? shape : best), shapes[0]);
}
