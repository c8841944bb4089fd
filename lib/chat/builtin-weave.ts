import type { Passage } from "./builtin-evidence";
import { marked, saysTheOpposite, sentences } from "./builtin-text";

/** Of one answer. */
const maxSentences = 5;
const maxCharacters = 720;

/**
 * Passages as one text: each to the letter between quotation marks, joined by words that claim nothing but where they
 * stand. Two that say the opposite are given side by side.
 */
export function woven(passages: readonly Passage[]): { text: string; used: Passage[] } {
  const parts: string[] = [];
  const used: Passage[] = [];
  let length = 0;
  let count = 0;
  for (const passage of passages) {
    if (used.includes(passage)) continue;
    const other = passages.find((each) => !used.includes(each) && pullsAgainst(each, passage));
    const opposite = isPlain(passage) ? (other?.said ?? passage.opposite) : null;
    const part = opposite === null ? line(passage, used) : bothSides(passage, opposite, used);
    const size = sentences(passage.said).length;
    if (used.length > 0 && (length + part.length > maxCharacters || count + size > maxSentences)) continue;
    parts.push(part);
    used.push(passage, ...(other === undefined ? [] : [other]));
    length += part.length;
    count += size;
  }
  return { text: parts.join(" "), used };
}

/** The face's own words, which need no question to be understood. */
function isPlain({ isOwn, asked }: Passage): boolean {
  return isOwn && asked === null;
}

function pullsAgainst(a: Passage, b: Passage): boolean {
  return a !== b && isPlain(a) && isPlain(b) && saysTheOpposite(a.said, b.said);
}

function bothSides(passage: Passage, opposite: string, before: readonly Passage[]): string {
  const lead =
    before.length === 0 ? "I have said two things that pull against each other:" : "On this I have said two things:";
  return `${lead} ${marked(passage.said)} And: ${marked(opposite)}`;
}

function line(passage: Passage, before: readonly Passage[]): string {
  const { said, asked, isOwn, place } = passage;
  const isFirst = before.length === 0;
  if (asked !== null) return `${isFirst ? "Asked" : "And when I was asked"} ${marked(asked)}, I said: ${marked(said)}`;
  if (!isOwn)
    return `${isFirst || before.every((each) => each.isOwn) ? "Somebody wrote of me:" : "It is also written of me:"} ${marked(said)}`;
  if (isFirst) return marked(said);
  const isElsewhere = place !== null && before.every((each) => each.place?.document !== place.document);
  const openers = isElsewhere ? ["Elsewhere I said:", "And elsewhere:"] : ["I also said:", "And this:"];
  return `${openers[before.length > 1 ? 1 : 0] ?? ""} ${marked(said)}`;
}
