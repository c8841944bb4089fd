import { AppError } from "@/lib/errors";
import type { ReadingWithSpeakers } from "./formats/reading";
import { readInChild } from "./read-in-child";

/**
 * The text inside a file of any kind that can be a source (lib/documents/formats), told by its bytes and not by its
 * name.
 *
 * @throws {AppError} `unsupported_type` another kind of file; `unreadable` empty, or no text to be had from it;
 *   `too_large` more text than can be taken
 */
export function extractText(bytes: Uint8Array, fileName: string, signal: AbortSignal): Promise<ReadingWithSpeakers> {
  return readInChild({ bytes, fileName }, signal);
}

/** Refuses a text with nothing in it to read. @throws {AppError} `unreadable` */
export function requireText(text: string, name: string): string {
  if (text.includes("\0")) {
    throw new AppError("unsupported_type", `${name} holds NUL characters: it is no text.`, { param: "content" });
  }
  if (!/[\p{L}\p{N}]/u.test(text)) {
    throw new AppError("unreadable", `There is no text to read in ${name}.`, { param: "file" });
  }
  return text.toWellFormed();
}
