import { portraitsText } from "@/components/strings/portraits";
import type { TableLine } from "@/lib/portraits/portrait-schemas";

const anyToken = /<(?:faceid|lora):/iu;
const tokens = /(?:\bof\s+)?<(?:faceid|lora):[^<>]*>\s*/giu;

/**
 * The text of an order. Whoever names nobody means the person whose photos are shown: the token goes in front.
 *
 * @param likeness 0 to 1
 */
export function orderText(words: string, tune: number, likeness: number): { text: string; prefix: number } {
  if (anyToken.test(words)) return { text: words, prefix: 0 };
  const token = `<faceid:${tune}:${likeness}> `;
  return { text: token + words, prefix: token.length };
}

/** A text as a person reads it: without the tokens that name people. */
export const plainText = (text: string): string =>
  text
    .replace(tokens, " ")
    .replace(/\s+(?=[,.;])|(?<=\s)\s+/gu, "")
    .replace(/^[\s,]+|\s+$/gu, "");

/** The words of an order as its pictures are called by; of a picture that got a face there may be none. */
export function wordsOf({ text }: { text: string }): string {
  const words = plainText(text);
  return words === "" ? portraitsText.noWords : words;
}

type Found = { line: TableLine; start: number; end: number };

const letter = /[\p{L}\p{N}]/u;

/** Where a text asks for one of the lines: the words that stand in it first, and of those the longest, decide. */
function find(text: string, lines: readonly TableLine[]): Found | null {
  const lower = text.toLowerCase();
  let best: Found | null = null;
  for (const line of lines) {
    for (const words of line.words) {
      const start = lower.indexOf(words);
      const end = start + words.length;
      if (start === -1 || letter.test(lower[start - 1] ?? " ") || letter.test(lower[end] ?? " ")) continue;
      if (best === null || start < best.start || (start === best.start && end > best.end)) best = { line, start, end };
    }
  }
  return best;
}

/** The name of the scene or style that a text asks for; "" when it asks for none. */
export const chosenIn = (text: string, lines: readonly TableLine[]): string => find(text, lines)?.line.name ?? "";

/**
 * A text that asks for another scene or style: the words that asked for one are replaced, else some are put at its end.
 *
 * @param name of the line; "" for none
 */
export function choose(text: string, lines: readonly TableLine[], name: string): string {
  const phrase = lines.find((line) => line.name === name)?.words[0] ?? "";
  const found = find(text, lines);
  const changed = found
    ? text.slice(0, found.start) + phrase + text.slice(found.end)
    : [text.trim(), phrase].filter((part) => part !== "").join(", ");
  return changed
    .replace(/,(?:\s*,)+/gu, ",")
    .replace(/[ \t]{2,}/gu, " ")
    .replace(/^\s*,\s*|\s*,\s*$/gu, "");
}

export type Marked = { start: number; end: number; isUnderstood: boolean };
type Place = { start: number | null; end: number | null };

type Read = { asked: string; understood: readonly Place[]; ignored: readonly Place[] };

/**
 * Where words of a field are underlined or struck out. While the next answer is on its way, those of the last one stay
 * as far as the text has not changed up to them.
 *
 * @param full the text as it would be sent now
 * @param prefix how many letters stand before those of the field in it
 */
export function marksOf(read: Read | undefined, full: string, prefix: number): Marked[] {
  if (read === undefined) return [];
  const of = (places: readonly Place[], isUnderstood: boolean): Marked[] =>
    places.flatMap(({ start, end }) =>
      start === null || end === null || start < prefix || read.asked.slice(0, end) !== full.slice(0, end)
        ? []
        : [{ start: start - prefix, end: end - prefix, isUnderstood }],
    );
  let reached = 0;
  return [...of(read.understood, true), ...of(read.ignored, false)]
    .toSorted((a, b) => a.start - b.start)
    .filter(({ start, end }) => {
      if (start < reached) return false;
      reached = end;
      return true;
    });
}
