import type { Range } from "./sentences";

/**
 * Finds where a quote stands, word for word, in a part of a text; white space may differ.
 *
 * @returns offsets into the whole text, of the first place; null when it does not stand there
 */
export function locateQuote(text: string, within: Range, quote: string): Range | null {
  const wanted = quote.trim().split(/\s+/u).filter(Boolean).join(" ");
  if (wanted === "") return null;
  const places: number[] = [];
  let plain = "";
  for (let at = within.start; at < within.end; at += 1) {
    const isSpace = /\s/u.test(text[at] ?? "");
    if (isSpace && (plain === "" || plain.endsWith(" "))) continue;
    plain += isSpace ? " " : (text[at] ?? "");
    places.push(at);
  }
  const found = plain.indexOf(wanted);
  const start = places[found];
  const last = places[found + wanted.length - 1];
  return found < 0 || start === undefined || last === undefined ? null : { start, end: last + 1 };
}
