import { once } from "node:events";
import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import { env } from "@/lib/env";
import { AppError, InvalidInputError } from "@/lib/errors";
import { cleanFileName } from "@/lib/storage/file-name";
import { fileTooLarge, type TakenFile, takeFile } from "./take-file";

/** The one file of a multipart form and its text fields. Whoever reads it calls `dispose`, whatever happens. */
export type Upload = { fileName: string; file: TakenFile; fields: Record<string, string>; dispose(): Promise<void> };

const megabyte = 1024 * 1024;
const maxNameLength = 200;
const maxFields = 20;
const maxFieldBytes = 10_000;

/**
 * Reads a multipart upload as it streams in, and stops reading at the limit: that of recordings when the file is one,
 * which then goes to a temporary file, else that of texts.
 *
 * @throws {AppError} `unsupported_type` not multipart; `too_large`; `invalid_input` no file, or a broken form
 */
export async function readUpload(request: Request): Promise<Upload> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\s*;.*boundary=/i.test(type) || request.body === null) {
    throw new AppError("unsupported_type", "Send the file as multipart/form-data, in a field called `file`.");
  }
  const announcedBytes = Number(request.headers.get("content-length") ?? "0");
  const body = Readable.fromWeb(request.body as NodeReadableStream);
  try {
    return await readForm(body, type, announcedBytes);
  } finally {
    body.destroy();
  }
}

async function readForm(body: Readable, type: string, announcedBytes: number): Promise<Upload> {
  const headers: BusboyHeaders = { "content-type": type };
  const fileSize = Math.max(env().MAX_MEDIA_MB, env().MAX_UPLOAD_MB) * megabyte + 1;
  const form = new Busboy({
    headers,
    limits: { fileSize, files: 1, fields: maxFields, fieldSize: maxFieldBytes },
  });
  const fields: Record<string, string> = {};
  let taking: Promise<TakenFile> | undefined;
  let incoming: Readable | undefined;
  let fileName = "";
  try {
    await new Promise<void>((resolve, reject) => {
      form.on("field", (name, value) => {
        fields[name] = String(value).replaceAll("\0", "").toWellFormed();
      });
      form.on("file", (name, stream, name_) => {
        if (name !== "file") {
          stream.resume();
          return reject(new InvalidInputError(`The file must be in a field called \`file\`, not \`${name}\`.`, "file"));
        }
        fileName = cleanFileName(name_, maxNameLength);
        incoming = stream;
        taking = takeFile(stream, announcedBytes);
        taking.catch(reject);
      });
      form.on("filesLimit", () => reject(new InvalidInputError("Send one file at a time.", "file")));
      const broken = (error: unknown) => {
        const sentence = "The form ends too early or is not a valid multipart form.";
        reject(new AppError("invalid_input", sentence, { cause: error }));
      };
      form.on("error", broken);
      form.on("finish", resolve);
      feed(form, body, () => taking !== undefined).catch((error: unknown) =>
        error instanceof AppError ? reject(error) : broken(error),
      );
    });
    if (taking === undefined) {
      throw new InvalidInputError("There is no file in the form: send it in a field called `file`.", "file");
    }
    const file = await taking;
    return { fileName, fields, file, dispose: () => file.dispose() };
  } catch (error) {
    form.destroy();
    // a form that ends early does not end its file: whoever takes it would wait for ever
    incoming?.destroy();
    await taking?.then(
      (file) => file.dispose(),
      () => undefined,
    );
    throw error;
  }
}

/**
 * Feeds the form. Its fields are small: what comes before the file and is large is no form.
 *
 * @throws {AppError} `too_large`; whatever the body throws
 */
async function feed(form: InstanceType<typeof Busboy>, body: Readable, hasFile: () => boolean): Promise<void> {
  let preamble = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    const hasRoom = form.write(part);
    if (!hasFile()) preamble += part.byteLength;
    if (preamble > megabyte) throw fileTooLarge(env().MAX_UPLOAD_MB);
    if (!hasRoom) await once(form, "drain");
  }
  form.end();
}
