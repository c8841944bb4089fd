import type { Predicate } from "./grammar";
import { type Qualifiers, qualifiers } from "./qualifiers";
import { type Flaw, flaws } from "./render-checks";
import { clauseRanges, shortened, wordCount } from "./render-clauses";
import type { Range } from "./sentences";

/** A terse statement in the person's own words, with what limits it, what it rests on, and why it may not stand alone. */
export type Rendering = Qualifiers & Range & { statement: string; flaws: Flaw[] };

/** Words a sentence may lose at its beginning without losing its sense. */
const leadIn =
  /^(?:(?:and|but|oh|yes|then|(?:so|well|no|now|still|yet)(?=,|\s(?:i|my|we)\b)|also|indeed|besides|however|moreover|furthermore|anyway|honestly|frankly|actually|look|listen|mind you|of course|in fact|to be honest|for my part|i mean|you see|you know|um|uh|er|eh|again|thus|therefore|perhaps|accordingly|nevertheless|because|for(?= (?:i|my)\b))\b[,;:]?\s+)+(?=\S+\s+\S+)/iu;
/** Openings after which "no" and "now" are part of the sense. */
const keepLead =
  /^(?:no|now|still|yet|so|well)\s+(?:one|body|man|matter|longer|and|that|far|much|many|more|[a-z]+ (?:ever|can))\b/iu;
const fillers = /(?:,\s*\b(?:you know|i mean|sort of like|um|uh|er|mind(?: you)?)\b(?=,|[.!?]|$)|\b(?:um|uh|er),)/giu;
const speechTag =
  /,?\s*["”]\s*(?:(?:he|she|i|they|[A-Z]\p{L}+) (?:said|says|replied|told|added|asked)|(?:said|says|replied) (?:he|she|i|[A-Z]\p{L}+))[^,.;]*[.,;]?/gu;
const weakBeginning =
  /^(?:which|who|whom|whose|that|where|than|as|to|and|or|with|for|of|such|being|having|was|were|had|did|took|went|came|altered)\b/iu;
/** Sentences of at most this many words are seldom better for being cut into clauses. */
const shortSentence = 14;
/** A clause whose words look at least this much like a statement is worth a statement of its own. */
const ownScore = 0.5;

/**
 * Renders what a sentence states as terse statements of at most 24 words each, in the person's own words.
 *
 * @param sentence one line or as it stands in the source
 * @param scoreOf how much a clause in the first person looks like a statement, 0..1
 * @param toFirst puts a clause into the first person
 * @returns the best statement first; `start` and `end` are offsets in the sentence of what it rests on
 */
export function renderAll(
  sentence: string,
  scoreOf: (clause: string) => number,
  toFirst: (clause: string) => string = (clause) => clause,
): Rendering[] {
  const whole = { start: 0, end: sentence.length };
  const ranges = clauseRanges(sentence);
  const isSimple = ranges.length < 2;
  const candidates = (isSimple ? [whole] : [whole, ...ranges]).map((range, index) => {
    const clause = tidy(toFirst(oneLine(sentence.slice(range.start, range.end))));
    return candidate(index === 0 || range.start === 0 ? withSubject(clause) : clause, range, scoreOf);
  });
  const [entire, ...clauses] = candidates;
  if (!entire || isSimple) return candidates.map(rendering);
  const worthy = clauses.filter((clause) => clause.score >= ownScore && clause.flaws.length === 0);
  const isShort = wordCount(sentence) <= shortSentence;
  if (worthy.length >= 2 && !isShort) return worthy.sort((a, b) => b.rank - a.rank).map(rendering);
  const best = [...clauses].sort((a, b) => b.rank - a.rank)[0];
  const isWholeBetter = entire.flaws.length === 0 && (isShort || !best || best.flaws.length > 0);
  return [rendering(isWholeBetter || !best ? entire : best)];
}

/**
 * Renders a sentence as one terse statement of at most 24 words, in the person's own words.
 *
 * @param sentence in the first person, one line
 * @param scoreOf how much a clause looks like a statement, 0..1
 */
export function render(sentence: string, scoreOf: (clause: string) => number): Rendering {
  return (
    renderAll(sentence, scoreOf)[0] ?? rendering(candidate(tidy(sentence), { start: 0, end: sentence.length }, scoreOf))
  );
}

type Candidate = Range & { statement: string; flaws: Flaw[]; score: number; rank: number };

function candidate(clause: string, range: Range, scoreOf: (clause: string) => number): Candidate {
  const statement = finished(shortened(clause));
  const found = flaws(statement);
  const score = scoreOf(statement);
  const isShort = wordCount(statement) < 5;
  const isOwn = /\b(?:i|i['’](?:m|ve|d|ll)|my|me)\b/iu.test(statement);
  return {
    ...range,
    statement,
    flaws: found,
    score,
    rank:
      score + (isOwn ? 0.25 : 0) - (isShort ? 0.15 : 0) - (weakBeginning.test(clause) ? 0.2 : 0) - 0.3 * found.length,
  };
}

function rendering({ start, end, statement, flaws: found }: Candidate): Rendering {
  return { ...qualifiers(statement), statement, start, end, flaws: found };
}

/** "Grew up in care", "Can't swim": notes leave out the "I" they are about. */
function withSubject(clause: string): string {
  if (
    /^(?:born|raised|bred|brought up|married|divorced|widowed|educated|trained|apprenticed)\b(?! (?:by me|to me))/iu.test(
      clause,
    )
  )
    return `I was ${lowerFirst(clause)}`;
  return /^(?:(?:never|always|still|also|really|just) )?(?:grew|lived|worked|served|used to|loved|hated|spent|can['’]?t|cannot|can (?!you|i|we)|don['’]?t (?:like|believe|trust|care|mind|know|drink|eat|smoke|own|have|think|want|do)|didn['’]t|won['’]t|love |hate |prefer |says |thinks |likes |hates |loves |believes |keeps |works |lives |comes |wants |speaks |am |haven['’]t|couldn['’]t)/iu.test(
    clause,
  )
    ? `I ${lowerFirst(clause.replace(/^(says|thinks|likes|hates|loves|believes|keeps|works|lives|comes|wants|speaks)\b/iu, (verb) => verb.slice(0, -1)))}`
    : clause;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Without footnote marks, emphasis, brackets, speech tags, lead-ins and fillers. */
export function tidy(sentence: string): string {
  const plain = sentence
    .replace(/\[[^\]]{0,40}\]/gu, "")
    .replace(/(?<![\p{L}\p{N}])[_*]+|[_*]+(?![\p{L}\p{N}])/gu, "")
    .replace(/^\s*(?:[-*•–—>#]+|\(?\d{1,3}[.)])\s+/u, "")
    .replace(/\s*\([^()]{0,200}\)/gu, "")
    .replace(speechTag, " ")
    .replace(/["“”«»]/gu, "")
    .replace(fillers, "")
    .replace(/\s+/gu, " ")
    .replace(/\s+([,.;:!?])/gu, "$1")
    .trim();
  return keepLead.test(plain) ? plain : plain.replace(leadIn, "");
}

function finished(clause: string): string {
  const text = clause
    .replace(/[\s,;:–—-]+$/u, "")
    .replace(/^['‘,;:.\s]+/u, "")
    .replace(/\bi\b(?!\.)/gu, "I");
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]['’)]?$/u.test(whole) ? whole : `${whole}.`;
}

const subject = /^(?:i(?:['’](?:m|ve|d|ll))?|my|we)\s+/iu;
const auxiliary =
  /^(?:am|was|have|had|do|did|does|don['’]t|didn['’]t|can|could|can['’]t|cannot|couldn['’]t|will|would|won['’]t|wouldn['’]t|shall|should|must|been|be|not|never|always|often|usually|sometimes|rarely|seldom|generally|still|also|really|very|quite|used to|a|an|the)\s+/iu;

/** What the predicate is said of: the statement without its subject, helpers, condition and reason. */
export function objectOf(
  { statement, condition, reason }: Qualifiers & { statement: string },
  predicate: Predicate,
): string {
  let rest = statement;
  for (const part of [reason, condition]) if (part) rest = rest.replace(part, " ");
  rest = rest
    .replace(/[.!?…]+$/u, "")
    .replace(/\s+/gu, " ")
    .replace(/^[\s,;:]+|[\s,;:]+$/gu, "")
    .replace(subject, "");
  for (let i = 0; i < 5 && auxiliary.test(rest); i += 1) rest = rest.replace(auxiliary, "");
  if (predicate === "believes") rest = rest.replace(/^(?:think|believe|reckon|hold|suppose)(?:\s+that)?\s+/iu, "");
  if (predicate === "likes") rest = rest.replace(/^(?:love|like|enjoy|adore|hate|dislike|prefer)\s+/iu, "");
  return rest.trim() || statement;
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ");
}
