import type { RetrievedItem } from "@/lib/retrieve/schemas";
import { terms } from "@/lib/retrieve/tokenize";

/** What a retrieved item lets the face say. */
export type Evidence = {
  /** the statement that was compiled, in the first person; null for a bare piece of source */
  statement: string | null;
  /** the words of the source */
  quote: string;
  /** what somebody said before it, in a conversation */
  asked: string | null;
  /** the face's own words, rather than words about it */
  isOwn: boolean;
};

const maxQuoteCharacters = 420;
const sameWordsShare = 0.75;

export function toEvidence(item: RetrievedItem): Evidence {
  const quote = item.kind === "span" ? item.text : (item.provenance[0]?.quote ?? item.text);
  return {
    statement: item.kind === "primitive" ? item.text : null,
    quote,
    asked: item.previousText ?? null,
    isOwn: item.speaker !== undefined || isOwnWords(quote),
  };
}

/** Without a speaker, words count as the face's own when they are in the first person, or open with a quotation mark. */
function isOwnWords(quote: string): boolean {
  const isSomeoneElses = /,["”]\s*(?:[\p{L}-]+ ){1,3}(?:says?|said|remembers|remembered|recalls|recalled)\b/u.test(
    quote,
  );
  return !isSomeoneElses && (/^\s*["“]/.test(quote) || /\b(?:I|I['’]\p{L}+|me|my|mine|myself)\b/u.test(quote));
}

const ownOpeners = ["", "I also said:", "And elsewhere:", "And this:"];
const otherOpeners = ["It is written of me:", "It is also written of me:", "And elsewhere of me:", "And this of me:"];

/** One paragraph of an answer: the statement where it adds something, then the words it rests on, marked as a quote. */
export function evidenceLine(evidence: Evidence, position: number): string {
  const { statement, quote, asked, isOwn } = evidence;
  const marked = `“${cleanQuote(quote)}”`;
  if (asked !== null && asked.trim().endsWith("?")) {
    return `${position === 0 ? "Asked" : "Another time, asked"} “${cleanQuote(asked)}”, I said: ${marked}`;
  }
  // a statement in the very words of its quote would only be said twice
  if (statement !== null && isOwn && !sameWords(statement, quote)) {
    return `${asSentence(statement)} ${position === 0 ? "In my words:" : "As I put it:"} ${marked}`;
  }
  const openers = isOwn ? ownOpeners : otherOpeners;
  const opener = openers[Math.min(position, openers.length - 1)] ?? "";
  return opener === "" ? marked : `${opener} ${marked}`;
}

/** A piece of source as it stands between quotation marks: on one line, without marks of its own, not too long. */
export function cleanQuote(text: string): string {
  const line = text
    .replace(/[*_#>`]+/g, "")
    .replace(/\s+/g, " ")
    .replace(/^["“”\s]+|["“”\s]+$/g, "")
    .replace(/["“”]/g, (mark, at: number, whole: string) =>
      mark === "“" || /^\S/.test(whole.slice(at + 1)) ? "‘" : "’",
    );
  if (line.length <= maxQuoteCharacters) return line;
  const cut = line.slice(0, maxQuoteCharacters);
  const end = Math.max(cut.lastIndexOf(". "), cut.lastIndexOf("? "), cut.lastIndexOf("! "));
  return end > maxQuoteCharacters / 2 ? cut.slice(0, end + 1) : `${cut.slice(0, cut.lastIndexOf(" "))} …`;
}

/** Whether one text says mostly what the other says, by their words. */
export function sameWords(a: string, b: string): boolean {
  const left = new Set(terms(a));
  const right = new Set(terms(b));
  const smaller = Math.min(left.size, right.size);
  if (smaller === 0) return false;
  return [...left].filter((term) => right.has(term)).length / smaller >= sameWordsShare;
}

/** Whether a text was said in earlier answers already. */
export function isSaid(text: string, earlier: readonly string[]): boolean {
  const cleaned = cleanQuote(text);
  return earlier.some((answer) => answer.includes(cleaned));
}

function asSentence(statement: string): string {
  const trimmed = statement.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
