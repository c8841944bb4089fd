import { randomUUID } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { AppError } from "@/lib/errors";
import { cleanFileName } from "@/lib/storage/file-name";

const megabyte = 1024 * 1024;
/** Of a photo's name, in UTF-16 units. */
export const maxNameLength = 120;

/**
 * A file of a form, in a temporary file: thirty photos at once would be too much to keep in memory. The file has no name
 * on this machine: whatever ends this process, nobody's photo stays behind.
 */
export class WireFile {
  #isOpen = true;

  constructor(
    /** as the sender called it; only to be shown */
    readonly name: string,
    readonly byteSize: number,
    private readonly file: FileHandle,
  ) {}

  open(): Readable {
    if (!this.#isOpen) throw new TypeError("This file of a form is not there any more.");
    return this.file.createReadStream({ start: 0, autoClose: false });
  }

  async read(): Promise<Uint8Array> {
    return buffer(this.open());
  }

  async dispose(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.file.close();
  }
}

/**
 * Takes a file from a form, up to `maxMb`.
 *
 * @param field where it stands, for whoever reads the error
 * @throws {AppError} `too_large`
 */
export async function takeWireFile(
  stream: Readable,
  { field, name, maxMb }: { field: string; name: string | undefined; maxMb: number },
): Promise<WireFile> {
  // until it is read: a form may break off before
  stream.on("error", () => undefined);
  const file = await openNameless();
  let size = 0;
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      size += part.byteLength;
      if (size > maxMb * megabyte) throw fileTooLarge(cleanFileName(name, maxNameLength), maxMb, field);
      await file.writeFile(part);
    }
    return new WireFile(cleanFileName(name, maxNameLength), size, file);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A file to write and to read again, which is gone with this process. */
async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `faces-photo-${randomUUID()}`);
  const file = await open(path, "wx+", 0o600);
  await rm(path);
  return file;
}

export function fileTooLarge(name: string, maxMb: number, param: string): AppError {
  return new AppError("too_large", `${name} is larger than ${maxMb} MB.`, { param });
}
