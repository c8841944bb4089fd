import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { AppError } from "@/lib/errors";

const megabyte = 1024 * 1024;

/** A file of a form, in a temporary file: thirty photos at once would be too much to keep in memory. */
export class WireFile {
  constructor(
    /** as the sender called it; only to be shown */
    readonly name: string,
    readonly byteSize: number,
    readonly path: string,
  ) {}

  open(): Readable {
    return createReadStream(this.path);
  }

  read(): Promise<Uint8Array> {
    return readFile(this.path);
  }

  async dispose(): Promise<void> {
    await rm(this.path, { force: true });
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
  const path = join(tmpdir(), `faces-photo-${randomUUID()}`);
  const file = createWriteStream(path, { mode: 0o600 });
  let failure: unknown;
  file.on("error", (error) => (failure = error));
  let size = 0;
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      size += part.byteLength;
      if (size > maxMb * megabyte) throw fileTooLarge(cleanFileName(name), maxMb, field);
      if (failure !== undefined) throw failure;
      if (!file.write(part)) await once(file, "drain");
    }
    file.end();
    if (!file.closed) await once(file, "close");
    if (failure !== undefined) throw failure;
    return new WireFile(cleanFileName(name), size, path);
  } catch (error) {
    file.destroy();
    await rm(path, { force: true });
    throw error;
  }
}

export function fileTooLarge(name: string, maxMb: number, param: string): AppError {
  return new AppError("too_large", `${name} is larger than ${maxMb} MB.`, { param });
}

/** A name to show: no path, no control characters, never empty. */
export function cleanFileName(name: string | undefined): string {
  const base = (name ?? "").split(/[/\\]/).at(-1) ?? "";
  const shown = base
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "")
    .trim()
    .toWellFormed()
    .slice(0, 120);
  return shown === "" ? "untitled" : shown;
}
