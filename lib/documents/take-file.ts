import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, type WriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { fileTypeFromBuffer } from "file-type";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

type Common = { byteSize: number; /** sha256, hex */ contentHash: string; dispose(): Promise<void> };

/** A file that came in: a recording in a temporary file, anything else in memory. */
export type TakenFile =
  | (Common & { kind: "text"; bytes: Uint8Array })
  | (Common & { kind: "media"; mimeType: string; path: string; open(): Readable });

const megabyte = 1024 * 1024;
/** As much as file-type asks for to tell a file's kind. */
const sniffBytes = 4_100;

/**
 * Takes a file from a stream, up to the limit of its kind.
 *
 * @param announcedBytes of the whole request, 0 when it was not told: one that is too large is refused at its beginning
 * @throws {AppError} `too_large`
 */
export async function takeFile(stream: Readable, announcedBytes: number): Promise<TakenFile> {
  const hash = createHash("sha256");
  const parts: Buffer[] = [];
  let size = 0;
  let limitMb = env().MAX_UPLOAD_MB;
  let media: Spool | null | undefined;
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      hash.update(part);
      size += part.byteLength;
      if (media) await media.write(part);
      else parts.push(part);
      if (media === undefined && size >= sniffBytes) {
        media = await spoolOfMedia(parts);
        if (media !== null) limitMb = env().MAX_MEDIA_MB;
        if (announcedBytes > (limitMb + 1) * megabyte) throw fileTooLarge(limitMb);
      }
      if (size > limitMb * megabyte) throw fileTooLarge(limitMb);
    }
    media ??= await spoolOfMedia(parts);
    await media?.end();
  } catch (error) {
    await media?.dispose();
    throw error;
  }
  const contentHash = hash.digest("hex");
  if (!media)
    return { kind: "text", bytes: Buffer.concat(parts), byteSize: size, contentHash, dispose: async () => {} };
  const { path, mimeType } = media;
  const spool = media;
  const open = () => createReadStream(path);
  return { kind: "media", mimeType, path, open, byteSize: size, contentHash, dispose: () => spool.dispose() };
}

export function fileTooLarge(limitMb: number): AppError {
  return new AppError("too_large", `The file is larger than ${limitMb} MB.`, { param: "file" });
}

type Spool = {
  mimeType: string;
  path: string;
  write(part: Buffer): Promise<void>;
  end(): Promise<void>;
  dispose(): Promise<void>;
};

/** Begins a temporary file when what came so far is audio or video. Empties `parts` into it. */
async function spoolOfMedia(parts: Buffer[]): Promise<Spool | null> {
  const mimeType = await sniff(Buffer.concat(parts).subarray(0, sniffBytes));
  if (mimeType === undefined || !/^(?:audio|video)\/|^application\/ogg$/u.test(mimeType)) return null;
  const path = join(tmpdir(), `faces-upload-${randomUUID()}`);
  const spool = openSpool(path, createWriteStream(path, { mode: 0o600 }), mimeType);
  for (const part of parts.splice(0)) await spool.write(part);
  return spool;
}

function openSpool(path: string, file: WriteStream, mimeType: string): Spool {
  let failure: unknown;
  file.on("error", (error) => (failure = error));
  return {
    mimeType,
    path,
    async write(part) {
      if (failure !== undefined) throw failure;
      if (!file.write(part)) await once(file, "drain");
    },
    async end() {
      file.end();
      await once(file, "close");
      if (failure !== undefined) throw failure;
    },
    async dispose() {
      file.destroy();
      await rm(path, { force: true });
    },
  };
}

async function sniff(bytes: Uint8Array): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(bytes))?.mime;
  } catch {
    return undefined;
  }
}
