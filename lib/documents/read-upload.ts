import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import { env } from "@/lib/env";
import { AppError, InvalidInputError } from "@/lib/errors";

/** The one file of a multipart form and its text fields. */
export type Upload = { fileName: string; bytes: Uint8Array; fields: Record<string, string> };

const maxFields = 20;
const maxFieldBytes = 10_000;

/**
 * Reads a multipart upload as it streams in, and stops reading at the limit.
 *
 * @throws {AppError} `unsupported_type` not multipart; `too_large`; `invalid_input` no file, or a broken form
 */
export async function readUpload(request: Request): Promise<Upload> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\s*;.*boundary=/i.test(type) || request.body === null) {
    throw new AppError("unsupported_type", "Send the file as multipart/form-data, in a field called `file`.");
  }
  const maxBytes = env().MAX_UPLOAD_MB * 1024 * 1024;
  // the form around the file is small: a body far over the limit need not be read at all
  if (Number(request.headers.get("content-length") ?? "0") > maxBytes + 1024 * 1024) throw fileTooLarge();
  const body = Readable.fromWeb(request.body as NodeReadableStream);
  try {
    return await readForm(body, type, maxBytes);
  } finally {
    body.destroy();
  }
}

function readForm(body: Readable, type: string, maxBytes: number): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const headers: BusboyHeaders = { "content-type": type };
    const form = new Busboy({
      headers,
      limits: { fileSize: maxBytes, files: 1, fields: maxFields, fieldSize: maxFieldBytes },
    });
    const fields: Record<string, string> = {};
    const parts: Buffer[] = [];
    let fileName: string | undefined;
    form.on("field", (name, value) => {
      fields[name] = String(value).replaceAll("\0", "").toWellFormed();
    });
    form.on("file", (name, stream, name_) => {
      if (name !== "file") {
        stream.resume();
        return reject(new InvalidInputError(`The file must be in a field called \`file\`, not \`${name}\`.`, "file"));
      }
      fileName = cleanFileName(name_);
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("limit", () => reject(fileTooLarge()));
    });
    form.on("filesLimit", () => reject(new InvalidInputError("Send one file at a time.", "file")));
    const broken = (error: unknown) =>
      reject(
        new AppError("invalid_input", "The form ends too early or is not a valid multipart form.", { cause: error }),
      );
    form.on("error", broken);
    body.on("error", broken);
    form.on("finish", () =>
      fileName === undefined
        ? reject(new InvalidInputError("There is no file in the form: send it in a field called `file`.", "file"))
        : resolve({ fileName, bytes: Buffer.concat(parts), fields }),
    );
    body.pipe(form);
  });
}

/** A name to show: no path, no control characters, never empty. */
function cleanFileName(name: string | undefined): string {
  const base = (name ?? "").split(/[/\\]/).at(-1) ?? "";
  const shown = base
    .replace(/[\u0000-\u001f\u007f]/g, "")
    .trim()
    .toWellFormed()
    .slice(0, 200);
  return shown === "" ? "untitled" : shown;
}

function fileTooLarge(): AppError {
  return new AppError("too_large", `The file is larger than ${env().MAX_UPLOAD_MB} MB.`, { param: "file" });
}
