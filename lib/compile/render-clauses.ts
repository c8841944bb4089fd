import { maxStatementWords } from "./grammar";
import { flaws, hasMainVerb } from "./render-checks";
import type { Range } from "./sentences";

/** A comma ends a clause only where a new subject follows. */
const newSubject = String.raw`(?=(?:i|my|we|he|she|it|they|you|there|this|that|the|people|nobody|everybody|no one)(?:['’]\w+)?\s)`;
const clauseBorder = new RegExp(
  String.raw`\s*(?:;|:(?=\s)|\s[-–—]+\s|—|--)\s*|,\s+(?:and|but|so|yet|or|nor)\s+${newSubject}|,\s+(?=for\s+(?:i|my)\s)`,
  "giu",
);
/** What follows leans on what stands before it, and may go where there are too many words. */
const trailing =
  /,\s+(?:which|who|whose|whom|where|when|because|since|as|so that|such as|although|though|while|until|till|than|in order|for|with|without|during|after|before|by|through|from|in|at|and|but|or|especially|including)\s|\s(?:which|because|so that|in order|although|though|while|without|during|after|and)\s/giu;

/**
 * Where a sentence falls into clauses: at semicolons, colons, dashes, and at a comma with "and", "but" …
 * where a new subject follows.
 *
 * @returns ranges in the sentence, in order, without what separates them; a single one for a simple sentence
 */
export function clauseRanges(sentence: string): Range[] {
  const ranges: Range[] = [];
  let from = 0;
  const add = (to: number): void => {
    const piece = sentence.slice(from, to);
    const start = from + (piece.length - piece.trimStart().length);
    const end = from + piece.trimEnd().length;
    if (wordCount(sentence.slice(start, end)) >= 3) ranges.push({ start, end });
  };
  for (const match of sentence.matchAll(clauseBorder)) {
    if (isInsideBrackets(sentence, match.index)) continue;
    add(match.index);
    from = match.index + match[0].length;
  }
  add(sentence.length);
  return ranges;
}

function isInsideBrackets(text: string, at: number): boolean {
  const before = text.slice(0, at);
  return before.lastIndexOf("(") > before.lastIndexOf(")") || before.lastIndexOf("[") > before.lastIndexOf("]");
}

/**
 * A clause in at most 24 words, by leaving out whole phrases from its middle or end, never by rewording.
 * What cannot be shortened so that it still is a sentence is cut, with a sign that it is.
 */
export function shortened(clause: string): string {
  if (wordCount(clause) <= maxStatementWords) return clause;
  const asides = withoutAsides(clause);
  for (const text of asides === clause ? [clause] : [asides, clause]) {
    if (wordCount(text) <= maxStatementWords && isWhole(text)) return text;
    const kept = prefixes(text).find((prefix) => isWhole(prefix));
    if (kept) return kept;
  }
  return cut(clause);
}

/** Beginnings of a clause that end where a phrase ends, longest first. */
function prefixes(clause: string): string[] {
  const ends = [
    ...[...clause.matchAll(/,(?=\s)/gu)].map((match) => match.index),
    ...[...clause.matchAll(trailing)].map((match) => match.index),
  ];
  return [...new Set(ends)]
    .sort((a, b) => b - a)
    .map((end) => clause.slice(0, end).replace(/[,\s]+(?:and|but|or)?$/iu, ""))
    .filter((prefix) => wordCount(prefix) <= maxStatementWords && wordCount(prefix) >= 5);
}

/** Whether a beginning says something by itself: "I never" and "I know that it" do not. */
function isWhole(text: string): boolean {
  return (
    flaws(text).every((flaw) => flaw === "reference" || flaw === "foreign") &&
    !/\b(?:the|an?|of|to|in|and|or|but|that|which|with|my|his|her|their|for|as|at|by|on|from|is|am|was|were|be|been|have|has|had|so|such|more|less|not|very|too|rather|either|neither|both|nor|than|made|make|give|gave|found|think|thought|know|knew|believe|say|said|if|when|one|i|he|she|it|they|we)$/iu.test(
      text,
    ) &&
    !/\b(?:so|such|too|as|not only|neither|either|both|rather|ought|willing|able|unable|enabled|obliged|want|wanted|try|tried)(?:\s+\S+){0,4}$/iu.test(
      text,
    ) &&
    !openEnds.some((end) => end.test(text))
  );
}

/** Ends behind which the gist is still to come: "…, namely", "I found to my dismay", "that whenever a fact came up". */
const openEnds: readonly RegExp[] = [
  /[,\s](?:namely|viz|that is|such as|for instance|for example|in order)$/iu,
  /\b(?:find|found|see|saw|hear|heard|learn(?:t|ed)?|discover(?:ed)?|remember) to (?:my|our) \p{L}+$/iu,
  /^(?:as|if|when(?:ever)?|although|though|because|since|while|after|before|unless|considering)\b[^,]*$/iu,
  /\bthat,? (?:when(?:ever)?|if|as|while|after|before|once|since|wherever|although|though|unless)\b(?:(?!, (?:i|my|we|he|she|it|they|there)\b).)*$/iu,
  /\bI (?:wish|hope|want|would|could|should) [\p{L}-]+$/iu,
  /,\s+for (?:with|in|of|by|at|on|from|after|before|during)\b[^,]*$/iu,
  /\b(?:think|thought|find|found|make|made|consider|considered|deem|deemed|judge|judged) it (?:\p{L}+ly |so |very |my )?\p{L}+(?:,\s+(?:in order|so|lest|for|as|since|because)\b.*)?$/iu,
  /,\s+(?:which|who|where) (?:by|in|on|with|for|after|at|from|through|upon)\b[^,]*(?:,\s+(?:sometimes|often|always|usually)? ?\p{L}+ed by [^,]*)?$/iu,
];

/** Without ", which …," between a subject and its verb. */
function withoutAsides(clause: string): string {
  return clause
    .replace(
      /,\s+(?:which|who|whose|whom|where|as|if|though|although|namely|however|including)\b[^,]*,(?=\s+(?!which|who|whose|whom|where|that|and|but|or)\S)/iu,
      (aside: string, at: number) => (hasMainVerb(clause.slice(0, at)) ? aside : ""),
    )
    .replace(/\s+/gu, " ");
}

function cut(clause: string): string {
  const first = clause.split(/\s+/u).slice(0, maxStatementWords);
  while (
    first.length > 6 &&
    /^(?:the|a|an|of|to|in|and|or|but|that|which|with|my|his|her|for|as|at|by|on|from|is|was|were|be)$/iu.test(
      first.at(-1) ?? "",
    )
  )
    first.pop();
  return `${first.join(" ").replace(/[,;:]$/u, "")} …`;
}

export function wordCount(text: string): number {
  return text.split(/\s+/u).filter(Boolean).length;
}
