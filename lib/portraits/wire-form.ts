import { once } from "node:events";
import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import { AppError, InvalidInputError } from "@/lib/errors";
import { isJsonObject, type JsonObject } from "@/lib/json";
import { parseJson } from "@/lib/json-body";
import { takeWireFile, type WireFile } from "./wire-file";
import { fromRailsKeys } from "./wire-keys";

/** What a request of Astria's clients says: one object, with a `WireFile` wherever a file was sent. */
export type WireForm = {
  body: JsonObject;
  /** removes its files from this machine; call it whatever happens */
  dispose(): Promise<void>;
};

export type WireLimits = {
  files: number;
  /** of each file */
  maxFileMb: number;
  /** of the whole form */
  maxFormMb: number;
};

/** Of photos: of a tune, and of one image to change with its mask. */
export const photoLimits: WireLimits = { files: 30, maxFileMb: 20, maxFormMb: 200 };

const megabyte = 1024 * 1024;
const maxTextBytes = megabyte;
const maxFieldBytes = 64 * 1024;
const maxFields = 500;

/**
 * Reads a request as Astria's clients send them: multipart with files, urlencoded, or JSON. Texts are as they came:
 * numbers and booleans of a form are still strings (lib/portraits/wire-values.ts reads them).
 *
 * @throws {AppError} `unsupported_type`, `too_large`, `invalid_input`
 */
export async function readWireForm(request: Request, limits: WireLimits = photoLimits): Promise<WireForm> {
  const type = request.headers.get("content-type") ?? "";
  if (/^multipart\/form-data\b/i.test(type)) return readMultipart(request, type, limits);
  const bytes = await readBytes(request);
  // curl says urlencoded of whatever it is given
  const looksLikeJson = /^\s*\{/u.test(Buffer.from(bytes.subarray(0, 200)).toString("latin1"));
  const isUrlencoded = /^application\/x-www-form-urlencoded\b/i.test(type);
  if (!isUrlencoded && type !== "" && !/\bjson\b|^text\/plain\b/i.test(type)) {
    throw new AppError("unsupported_type", "Send multipart/form-data, application/x-www-form-urlencoded or JSON.");
  }
  return { body: isUrlencoded && !looksLikeJson ? fromUrlencoded(bytes) : fromJson(bytes), dispose: async () => {} };
}

function fromJson(bytes: Uint8Array): JsonObject {
  const value = bytes.byteLength === 0 ? {} : parseJson(bytes);
  if (!isJsonObject(value)) throw new InvalidInputError("The body must be a JSON object.");
  return value;
}

function fromUrlencoded(bytes: Uint8Array): JsonObject {
  const text = Buffer.from(bytes).toString("utf8");
  const entries = [...new URLSearchParams(text)].map(([key, value]) => [storable(key), storable(value)] as const);
  return fromRailsKeys(entries);
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > maxTextBytes) throw new AppError("too_large", "The body is larger than 1 MB.");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function readMultipart(request: Request, type: string, limits: WireLimits): Promise<WireForm> {
  const announced = Number(request.headers.get("content-length") ?? "0");
  if (announced > limits.maxFormMb * megabyte) throw formTooLarge(limits);
  if (!/boundary=/iu.test(type) || request.body === null) throw broken();
  const body = Readable.fromWeb(request.body as NodeReadableStream);
  try {
    return await new FormReading(type, limits).read(body);
  } finally {
    body.destroy();
  }
}

type Entry = readonly [string, string | Promise<WireFile>];

/** One multipart form while it comes in. */
class FormReading {
  readonly #form: InstanceType<typeof Busboy>;
  readonly #entries: Entry[] = [];
  readonly #open = new Set<Readable>();

  constructor(
    type: string,
    readonly limits: WireLimits,
  ) {
    const headers: BusboyHeaders = { "content-type": type };
    const sizes = { fileSize: limits.maxFileMb * megabyte + 1, fieldSize: maxFieldBytes, fieldNameSize: 200 };
    try {
      this.#form = new Busboy({ headers, limits: { ...sizes, files: limits.files, fields: maxFields } });
    } catch (error) {
      throw broken(error);
    }
  }

  async read(body: Readable): Promise<WireForm> {
    try {
      await this.#parse(body);
      const entries = await Promise.all(this.#entries.map(async ([key, value]) => [key, await value] as const));
      return { body: fromRailsKeys(entries), dispose: () => this.#dispose() };
    } catch (error) {
      this.#form.destroy();
      // a form that ends early does not end its file: whoever takes it would wait for ever
      for (const stream of this.#open) stream.destroy();
      await this.#dispose();
      throw error;
    }
  }

  #parse(body: Readable): Promise<void> {
    const form = this.#form;
    return new Promise((resolve, reject) => {
      form.on("field", (name, value, _nameIsCut, isCut) => {
        if (isCut) reject(new AppError("too_large", `The field ${name.slice(0, 100)} is too long.`, { param: name }));
        else this.#addField(name, value, reject);
      });
      form.on("file", (name, stream, fileName) => this.#addFile(name, stream, fileName, reject));
      form.on("filesLimit", () => reject(tooMany(`files: at most ${this.limits.files} at once`)));
      form.on("fieldsLimit", () => reject(tooMany(`fields: at most ${maxFields}`)));
      form.on("error", (error: unknown) => reject(broken(error)));
      form.on("finish", resolve);
      feed(form, body, this.limits).catch((error: unknown) =>
        reject(error instanceof AppError ? error : broken(error)),
      );
    });
  }

  #addField(name: string, value: unknown, reject: (error: unknown) => void): void {
    try {
      this.#entries.push([storable(name), storable(String(value))]);
    } catch (error) {
      reject(error);
    }
  }

  #addFile(field: string, stream: Readable, name: string, reject: (error: unknown) => void): void {
    this.#open.add(stream);
    const taking = takeWireFile(stream, { field, name, maxMb: this.limits.maxFileMb });
    taking.then(() => this.#open.delete(stream), reject);
    this.#entries.push([field, taking]);
  }

  async #dispose(): Promise<void> {
    const ends = await Promise.allSettled(this.#entries.map(([, value]) => value));
    const files = ends.flatMap((end) => (end.status === "fulfilled" && typeof end.value === "object" ? end.value : []));
    await Promise.all(files.map((file) => file.dispose()));
  }
}

async function feed(form: InstanceType<typeof Busboy>, body: Readable, limits: WireLimits): Promise<void> {
  let size = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    size += part.byteLength;
    if (size > limits.maxFormMb * megabyte) throw formTooLarge(limits);
    if (!form.write(part)) await once(form, "drain");
  }
  form.end();
}

function formTooLarge({ maxFormMb }: WireLimits): AppError {
  return new AppError("too_large", `The form is larger than ${maxFormMb} MB. Send fewer photos at once.`);
}

/** PostgreSQL holds neither NUL nor half a surrogate pair. */
function storable(text: string): string {
  if (text.includes("\0")) throw new InvalidInputError("The form holds a NUL character, which is not text.");
  return text.toWellFormed();
}

function tooMany(what: string): InvalidInputError {
  return new InvalidInputError(`The form has too many ${what}.`);
}

function broken(cause?: unknown): AppError {
  const sentence = "The form ends too early or is not a valid multipart form.";
  return new AppError("invalid_input", sentence, { cause });
}

/** What stands under a model's name; where nothing does, the whole body, as Rails wraps JSON by itself. */
export function modelOf(body: JsonObject, model: "tune" | "prompt"): JsonObject {
  if (!(model in body)) return body;
  const inner = body[model];
  if (!isJsonObject(inner)) throw new InvalidInputError(`${model} must be an object.`, model);
  return inner;
}
