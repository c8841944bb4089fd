import { addPngTexts } from "@/lib/png-chunks";
import type { ImageHead } from "./image-head";

/** Beside the picture: ComfyUI writes its whole workflow there, which is the operator's affair. */
const words = new Set(["tEXt", "zTXt", "iTXt", "eXIf"]);
const signatureBytes = 8;
const longestComment = 200;

/**
 * The same picture, marked as made by a machine, without words that its maker left beside it. A file with content
 * credentials (C2PA) says so itself, signed, and stays as it is; a WebP has no place for a comment.
 *
 * @see https://spec.c2pa.org/specifications/specifications/2.1/specs/C2PA_Specification.html#_embedding_manifests_into_various_file_formats
 */
export function markImage(bytes: Uint8Array, { mimeType }: ImageHead, maker: string): Uint8Array {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const comment = `Made by a machine (${maker}), not a photograph.`.slice(0, longestComment);
  if (mimeType === "image/png") return markPng(file, comment) ?? bytes;
  if (mimeType === "image/jpeg") return markJpeg(file, comment) ?? bytes;
  return bytes;
}

/** @returns null when it is signed, or its parts do not follow one another as they should */
function markPng(file: Buffer, comment: string): Buffer | null {
  const kept = [file.subarray(0, signatureBytes)];
  let at = signatureBytes;
  while (at + 12 <= file.length) {
    const end = at + 12 + file.readUInt32BE(at);
    const type = file.toString("latin1", at + 4, at + 8);
    if (end > file.length || type === "caBX") return null;
    if (!words.has(type)) kept.push(file.subarray(at, end));
    at = end;
    if (type !== "IEND") continue;
    const texts = [
      { keyword: "Software", text: "Faces" },
      { keyword: "Comment", text: latin1(comment) },
    ];
    return addPngTexts(Buffer.concat(kept), texts);
  }
  return null;
}

/** A comment right behind the beginning, or behind the JFIF header, which has to come first. */
function markJpeg(file: Buffer, comment: string): Buffer | null {
  // APP11 holds content credentials
  for (let at = 2; at + 4 <= file.length && file[at] === 0xff && file[at + 1] !== 0xda;) {
    if (file[at + 1] === 0xeb) return null;
    at += 2 + file.readUInt16BE(at + 2);
  }
  const isJfif = file.length > 6 && file[2] === 0xff && file[3] === 0xe0;
  const place = isJfif ? 4 + file.readUInt16BE(4) : 2;
  if (place >= file.length) return null;
  const text = Buffer.from(latin1(comment), "latin1");
  const segment = Buffer.from([0xff, 0xfe, (text.length + 2) >> 8, (text.length + 2) & 0xff]);
  return Buffer.concat([file.subarray(0, place), segment, text, file.subarray(place)]);
}

function latin1(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, "?");
}
