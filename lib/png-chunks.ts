import { crc32, deflateSync, inflateSync } from "node:zlib";
import { AppError } from "@/lib/errors";

const signature = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** An animation has one for each frame; nobody needs more. */
const maxChunks = 20_000;
const maxKeywordBytes = 79;

/** A text that a PNG carries beside its picture. */
export type PngText = { keyword: string; text: string };

export function isPng(bytes: Uint8Array): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}

/**
 * The texts in a PNG: `tEXt`, `zTXt` and `iTXt`, the first of each keyword that is wanted. Its picture is never decoded.
 *
 * @param maxBytes no text is longer, unpacked: a small file may hold a very large one
 * @throws {AppError} `unreadable` damaged; `too_large` a text is longer
 */
export function readPngTexts(bytes: Uint8Array, wanted: readonly string[], maxBytes: number): PngText[] {
  const texts: PngText[] = [];
  for (const { type, data } of readChunks(bytes)) {
    if (type !== "tEXt" && type !== "zTXt" && type !== "iTXt") continue;
    const end = data.subarray(0, maxKeywordBytes + 1).indexOf(0);
    if (end < 1) continue;
    const keyword = latin1(data.subarray(0, end)).toLowerCase();
    // only one of each is unpacked: a small file may hold thousands, and each may be as long as is allowed
    if (!wanted.includes(keyword) || texts.some((known) => known.keyword === keyword)) continue;
    texts.push({ keyword, text: readText(type, data.subarray(end + 1), maxBytes) });
  }
  return texts;
}

type PngChunk = { type: string; data: Buffer };

function* readChunks(bytes: Uint8Array): Generator<PngChunk> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = signature.length;
  for (let count = 0; at < file.length; count++) {
    if (count >= maxChunks) throw damaged("it has too many parts");
    if (at + 12 > file.length) throw damaged("it ends in the middle of a part");
    const length = file.readUInt32BE(at);
    const end = at + 8 + length;
    if (end + 4 > file.length) throw damaged("a part is longer than the file");
    const type = latin1(file.subarray(at + 4, at + 8));
    if (!/^[a-z]{4}$/iu.test(type)) throw damaged("a part has no name");
    if (crc32(file.subarray(at + 4, end)) !== file.readUInt32BE(end)) throw damaged(`the sum of its ${type} is wrong`);
    if (count === 0 && type !== "IHDR") throw damaged("it has no header");
    yield { type, data: file.subarray(at + 8, end) };
    if (type === "IEND") return;
    at = end + 4;
  }
  throw damaged("it has no end");
}

function readText(type: string, data: Buffer, maxBytes: number): string {
  if (type === "tEXt") return latin1(withinLimit(data, maxBytes));
  if (type === "zTXt") {
    if (data[0] !== 0) throw damaged("a text is packed in an unknown way");
    return latin1(unpack(data.subarray(1), maxBytes));
  }
  // iTXt: is it packed, how, language\0, translated keyword\0, text in UTF-8
  const language = data.indexOf(0, 2);
  const keyword = language < 0 ? -1 : data.indexOf(0, language + 1);
  if (keyword < 0) throw damaged("a text has no beginning");
  const text = data.subarray(keyword + 1);
  return (data[0] === 1 ? unpack(text, maxBytes) : withinLimit(text, maxBytes)).toString("utf8");
}

function unpack(data: Buffer, maxBytes: number): Buffer {
  try {
    return inflateSync(data, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof RangeError) throw tooLong(maxBytes);
    throw damaged("a text in it cannot be unpacked");
  }
}

function withinLimit(data: Buffer, maxBytes: number): Buffer {
  if (data.byteLength > maxBytes) throw tooLong(maxBytes);
  return data;
}

function tooLong(maxBytes: number): AppError {
  const sentence = `The text in the picture is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB.`;
  return new AppError("too_large", sentence, { param: "file" });
}

function damaged(why: string): AppError {
  return new AppError("unreadable", `The PNG cannot be read: ${why}.`, { param: "file" });
}

function latin1(bytes: Buffer): string {
  return bytes.toString("latin1");
}

/** A picture with texts beside it. @param pixels RGB, row by row */
export function writePng(
  { width, height, pixels }: { width: number; height: number; pixels: Uint8Array },
  texts: readonly PngText[],
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits, RGB, the usual packing and filters, no interlace
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    rows.set(pixels.subarray(y * width * 3, (y + 1) * width * 3), y * (width * 3 + 1) + 1);
  }
  return Buffer.concat([
    signature,
    toChunk("IHDR", header),
    ...texts.map(({ keyword, text }) => toChunk("tEXt", Buffer.from(`${keyword}\0${text}`, "latin1"))),
    toChunk("IDAT", deflateSync(rows)),
    toChunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The same picture with texts beside it. @param png as an encoder wrote it, its header first */
export function addPngTexts(png: Uint8Array, texts: readonly PngText[]): Buffer {
  const headerEnd = signature.length + 12 + 13;
  const chunks = texts.map(({ keyword, text }) => toChunk("tEXt", Buffer.from(`${keyword}\0${text}`, "latin1")));
  return Buffer.concat([png.subarray(0, headerEnd), ...chunks, png.subarray(headerEnd)]);
}

function toChunk(type: string, data: Buffer): Buffer {
  const chunk = Buffer.alloc(data.byteLength + 12);
  chunk.writeUInt32BE(data.byteLength, 0);
  chunk.write(type, 4, "latin1");
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.byteLength)), 8 + data.byteLength);
  return chunk;
}
