import { extname } from "node:path";
import { fileTypeFromBuffer } from "file-type";
import { AppError } from "@/lib/errors";
import { extractPdfText } from "./extract-pdf-text";

/** A file's text and what kind of file it was. */
export type ExtractedText = { text: string; mimeType: string };

const textTypes: Record<string, string> = {
  ".md": "text/markdown",
  ".markdown": "text/markdown",
  ".txt": "text/plain",
};

/**
 * The text inside an uploaded file: text, Markdown or PDF, told by its bytes and not by its name.
 *
 * @throws {AppError} `unsupported_type` another kind of file; `unreadable` empty, or no text to be had from it
 */
export async function extractText(bytes: Uint8Array, fileName: string, signal: AbortSignal): Promise<ExtractedText> {
  if (bytes.byteLength === 0) throw new AppError("unreadable", `${fileName} is empty.`, { param: "file" });
  const found = await fileTypeFromBuffer(bytes);
  if (found?.mime === "application/pdf") {
    return { text: requireText(await extractPdfText(bytes, signal), fileName), mimeType: found.mime };
  }
  if (found !== undefined) throw unsupported(`${fileName} is ${found.mime}, which cannot be read yet.`);
  const mimeType = textTypes[extname(fileName).toLowerCase()] ?? "text/plain";
  return { text: requireText(decodeText(bytes, fileName), fileName), mimeType };
}

/** Refuses a text with nothing in it to read. @throws {AppError} `unreadable` */
export function requireText(text: string, name: string): string {
  if (text.includes("\0")) throw unsupported(`${name} holds NUL characters: it is no text.`);
  if (!/[\p{L}\p{N}]/u.test(text)) {
    throw new AppError("unreadable", `There is no text to read in ${name}.`, { param: "file" });
  }
  return text.toWellFormed();
}

/** UTF-8, or UTF-16 where its mark says so, or the Western 8-bit encoding that old files are in. */
function decodeText(bytes: Uint8Array, fileName: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    // a byte order mark is dropped: offsets count from the first letter
    return refuseBinary(new TextDecoder("utf-8", { fatal: true }).decode(bytes), fileName);
  } catch (error) {
    if (error instanceof AppError) throw error;
    return refuseBinary(new TextDecoder("windows-1252").decode(bytes), fileName);
  }
}

/** Control characters, but for white space and the escape of colours, are in no text that a person wrote. */
function refuseBinary(text: string, fileName: string): string {
  const controls =
    text.slice(0, 100_000).match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f\u0080-\u009f]/g)?.length ?? 0;
  if (text.includes("\0") || controls > text.length / 500) {
    throw unsupported(`${fileName} is not a text file, whatever its name says.`);
  }
  return text;
}

function unsupported(sentence: string): AppError {
  return new AppError("unsupported_type", `${sentence} Upload text, Markdown or PDF.`, { param: "file" });
}
