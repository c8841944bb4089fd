import type { Readable } from "node:stream";
import { AppError, InvalidInputError } from "@/lib/errors";
import { guardedFetch } from "@/lib/net/guarded-fetch";
import { cleanFileName } from "@/lib/storage/file-name";
import { maxPhotoMb, mostPhotos } from "./tune-schemas";
import { maxNameLength, WireFile } from "./wire-file";

/** A photo that was sent, or whose address was. */
export type Photo = { fileName: string; open(signal: AbortSignal): Promise<Uint8Array | Readable> };

type Sent = { images?: unknown[] | undefined; image_urls?: string[] | undefined };

const types = /^(?:image\/.+|application\/octet-stream|binary\/octet-stream)$/u;
const advice = "Check the address, or send the photo itself.";

/**
 * The photos of a request: its files, then its addresses, which are fetched only when they are opened.
 *
 * @param fetch tests bring their own
 * @throws {InvalidInputError} something that is neither, or too many
 */
export function photosOf(sent: Sent, fetch: typeof guardedFetch = guardedFetch): Photo[] {
  const images = (sent.images ?? []).map((image) => {
    if (image instanceof WireFile) return fromFile(image);
    if (typeof image === "string" && /^https?:\/\//iu.test(image)) return image;
    throw new InvalidInputError("images must be files of a form; send addresses as image_urls.", "tune.images");
  });
  const all = [...images, ...(sent.image_urls ?? [])];
  if (all.length > mostPhotos) {
    throw new InvalidInputError(`A tune has at most ${mostPhotos} photos, and these are ${all.length}.`, "tune.images");
  }
  return all.map((one, at) => (typeof one === "string" ? fromAddress(one, at, fetch) : one));
}

/** As whoever sent it knows it: photo 2 (me.jpg). */
export function photoName(at: number, { fileName }: Photo): string {
  return `photo ${at + 1} (${fileName})`;
}

function fromFile(file: WireFile): Photo {
  // without a name, Python's requests names a file after its field
  const fileName = /\[.*\]$/u.test(file.name) ? "untitled" : file.name;
  return { fileName, open: async () => file.open() };
}

function fromAddress(url: string, at: number, fetch: typeof guardedFetch): Photo {
  const path = URL.canParse(url) ? new URL(url).pathname : "";
  const photo: Photo = {
    fileName: cleanFileName(decoded(path), maxNameLength),
    async open(signal) {
      try {
        const { bytes } = await fetch(url, { signal, maxBytes: maxPhotoMb * 1024 * 1024, types, advice });
        return bytes;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        const options = { param: "tune.image_urls", cause: error };
        throw new AppError(error.code, `P${photoName(at, photo).slice(1)}: ${error.message}`, options);
      }
    },
  };
  return photo;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
