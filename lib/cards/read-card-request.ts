import { z } from "zod";
import { readUpload } from "@/lib/documents/read-upload";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { parseJson } from "@/lib/json";

const CopyOf = z.strictObject({ copy_of: z.string().min(1).max(64) });
/** Anything longer is a card. */
const maxCopyBytes = 1_000;

/**
 * The card in a request: a file in a form, or the body itself. A short JSON body may name a face to be copied instead.
 *
 * @throws {AppError} `too_large`; `unsupported_type` a recording
 */
export async function readCardRequest(request: Request): Promise<{ bytes: Uint8Array } | { copyOf: string }> {
  if (/^multipart\//iu.test(request.headers.get("content-type") ?? "")) return { bytes: await fileIn(request) };
  const bytes = await bodyOf(request);
  if (bytes.byteLength > maxCopyBytes) return { bytes };
  const copy = CopyOf.safeParse(parseJson(new TextDecoder().decode(bytes)));
  return copy.success ? { copyOf: copy.data.copy_of } : { bytes };
}

async function fileIn(request: Request): Promise<Uint8Array> {
  const upload = await readUpload(request);
  try {
    if (upload.file.kind === "text") return upload.file.bytes;
    throw new AppError("unsupported_type", "This is a recording, no character card.", { param: "file" });
  } finally {
    await upload.dispose();
  }
}

async function bodyOf(request: Request): Promise<Uint8Array> {
  const maxBytes = env().MAX_UPLOAD_MB * 1024 * 1024;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > maxBytes) {
      throw new AppError("too_large", `The card is larger than ${env().MAX_UPLOAD_MB} MB.`, { param: "file" });
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}
