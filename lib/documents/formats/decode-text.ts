import { analyse } from "chardet";
import { Refusal } from "./reading";

const sampleBytes = 65_536;
/** Below this many letters outside ASCII a guess at the encoding is a toss-up. */
const fewLetters = 12;
const minConfidence = 10;
const severalBytes = /^(?:shift_jis|big5|euc|gb|iso-2022)/iu;

/**
 * The text of a file in any common encoding: as its byte order mark says, UTF-8, UTF-16 without a mark, else as guessed
 * from its letters, else the Western one of old files.
 *
 * @throws {Refusal} `unsupported_type`: no text at all
 */
export function decodeText(bytes: Uint8Array, fileName: string): string {
  return requireTextual(decode(bytes), fileName).replace(/\r\n?/gu, "\n").toWellFormed();
}

function decode(bytes: Uint8Array): string {
  // a byte order mark is dropped by the decoder: offsets count from the first letter
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? (decodeUtf16(bytes) ?? text) : text;
  } catch {
    return decodeUtf16(bytes) ?? new TextDecoder(guessEncoding(bytes)).decode(bytes);
  }
}

/** Text of Latin letters in UTF-16 has a NUL in every other byte. */
function decodeUtf16(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, 4_000);
  const nuls = [0, 0];
  for (const [index, byte] of sample.entries()) if (byte === 0) nuls[index % 2] = (nuls[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = nuls;
  const half = sample.length / 2;
  if (half < 2 || Math.max(even, odd) < half * 0.7 || Math.min(even, odd) > half * 0.05) return undefined;
  return new TextDecoder(odd > even ? "utf-16le" : "utf-16be").decode(bytes);
}

function guessEncoding(bytes: Uint8Array): string {
  const fallback = "windows-1252";
  const sample = bytes.subarray(0, sampleBytes);
  if (sample.filter((byte) => byte > 127).length < fewLetters) return fallback;
  const best = guess(sample);
  // letters of two bytes may hold an ASCII one: they are told by the text as it stands
  if (best !== undefined && severalBytes.test(best)) return best;
  return guess(foreignWords(sample)) ?? fallback;
}

function guess(sample: Uint8Array): string | undefined {
  return analyse(sample).find(({ name, confidence }) => confidence > minConfidence && isKnown(name))?.name;
}

/** The words that hold a letter outside ASCII: mark-up and English words say nothing of the others. */
function foreignWords(sample: Uint8Array): Uint8Array {
  const words = Buffer.from(sample)
    .toString("latin1")
    .match(/[A-Za-z\u0080-\u00ff]*[\u0080-\u00ff][A-Za-z\u0080-\u00ff]*/gu);
  return Buffer.from((words ?? []).join(" "), "latin1");
}

function isKnown(name: string): boolean {
  try {
    return new TextDecoder(name).encoding !== "";
  } catch {
    return false;
  }
}

/** Control characters, but for white space and the escape of colours, are in no text that a person wrote. */
function requireTextual(text: string, fileName: string): string {
  const controls =
    text.slice(0, 100_000).match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f-\u0084\u0086-\u009f]/gu)?.length ?? 0;
  if (!text.includes("\0") && controls <= text.length / 500) return text;
  throw new Refusal("unsupported_type", `${fileName} is not a text file, whatever its name says.`);
}
