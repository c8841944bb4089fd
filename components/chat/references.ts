import type { TraceItem } from "./wire";

/** A quote of an answer, and the item of its trace that holds it. */
export type Reference = { number: number; itemId: string };

const href = "#source-";

/** Which reference a link stands for; null when it is a link of its writer. */
export function referenceIn(link: string): number | null {
  const number = link.startsWith(href) ? Number(link.slice(href.length)) : NaN;
  return Number.isInteger(number) && number > 0 ? number : null;
}

/** What of a text the same words share, however lines were broken and quotes were turned. */
const bare = (text: string): string =>
  text
    .replace(/[\s\u00a0]+/gu, " ")
    .replace(/[“”„«»"]/gu, '"')
    .replace(/[‘’]/gu, "'")
    .trim();

/** Shorter ones may stand anywhere by chance. */
const fewestLetters = 12;

/**
 * Numbers the quotes of an answer that stand, letter for letter, in what went into it: only the built-in engine quotes
 * so, and only its answers may be numbered. What is not found has no number.
 *
 * @param content its quotes between “ and ”
 * @returns the text with links behind the quotes, and what each number stands for
 */
export function numberQuotes(content: string, items: readonly TraceItem[]): { text: string; references: Reference[] } {
  const known = items.map((item) => ({
    id: item.id,
    texts: [item.text, ...item.provenance.map(({ quote }) => quote)].map(bare),
  }));
  const references: Reference[] = [];
  const text = content.replace(/“[^“”]*(?:“[^“”]*”[^“”]*)*”/gu, (quoted) => {
    const words = bare(quoted.slice(1, -1)).replace(/^(?:…|\.\.\.)\s*|\s*(?:…|\.\.\.)$/gu, "");
    if (words.length < fewestLetters) return quoted;
    const item = known.find(({ texts }) => texts.some((each) => each.includes(words) || holds(words, each)));
    if (item === undefined) return quoted;
    const number = references.find(({ itemId }) => itemId === item.id)?.number ?? references.length + 1;
    if (number > references.length) references.push({ number, itemId: item.id });
    return `${quoted}[${number}](${href}${number})`;
  });
  return { text, references };
}

/** A quote may be of more sentences than the item that led to it. */
function holds(words: string, text: string): boolean {
  return text.length >= fewestLetters && words.includes(text);
}
