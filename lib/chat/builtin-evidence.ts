import type { RetrievedItem } from "@/lib/retrieve/schemas";
import { words } from "@/lib/retrieve/tokenize";
import { choose } from "./builtin-choose";
import type { Question } from "./builtin-read";
import type { Said } from "./builtin-said";
import { type FaceNames, type Source, sourcesOf } from "./builtin-sources";
import {
  cleaned,
  isAskedOfFace,
  isElliptical,
  isHeading,
  isInFirstPerson,
  isShort,
  leansBack,
  leansOn,
  saysTheSame,
  sentences,
  withoutAddress,
} from "./builtin-text";
import { joint } from "./builtin-trim";
import { gives } from "./builtin-wanted";
import { topics } from "./builtin-words";

/** What the face can say of a retrieved item: some whole sentences of a source, to the letter. */
export type Passage = {
  said: string;
  /** what somebody asked before it, where it cannot be understood alone */
  asked: string | null;
  isOwn: boolean;
  place: { document: string; start: number; end: number } | null;
  /** what it is of the grammar, where it was compiled */
  predicate: string | null;
  /** share of what the question names that it names too, 0..1 */
  coverage: number;
  /** the very question was asked before it */
  isAnswer: boolean;
  /** it holds a reason, a time, a number, where one is asked for */
  isWanted: boolean;
  /** how sure retrieval is, on its own scale */
  retrieved: number;
  /** how well it answers, beside the others of the same question */
  score: number;
  /** the other side of a tension, to the letter */
  opposite: string | null;
};

const refers = /\b(?:he|him|his|she|hers?|it|its|they|them|their)\b/i;
const maxAskedCharacters = 140;
const cutCharacters = 280;

/**
 * What can be said of the items, the best first, each thing once, without what was said before.
 *
 * @param earlier the answers so far
 */
export function passagesOf(
  items: readonly RetrievedItem[],
  question: Question,
  face: FaceNames,
  earlier: Said,
): Passage[] {
  const best = Math.max(1, ...items.map(({ score }) => score));
  const found = sourcesOf(items, face).flatMap((source): Passage[] => {
    const passage = toPassage(source, question, earlier);
    return passage === null ? [] : [{ ...passage, score: valueOf(passage, question, best) }];
  });
  const kept: Passage[] = [];
  for (const passage of found.sort((a, b) => b.score - a.score))
    if (!kept.some(({ said }) => saysTheSame(said, passage.said) || shareASentence(said, passage.said)))
      kept.push(passage);
  return kept;
}

/** Pieces of a source may overlap. */
function shareASentence(a: string, b: string): boolean {
  return sentences(b).some((sentence) => !isShort(sentence, 4) && a.includes(sentence));
}

function valueOf(
  { coverage, isWanted, isOwn, said, retrieved }: Passage,
  { mine, text, before }: Question,
  best: number,
): number {
  const isOfDeeds = /^(?:so |and |but )?(?:how )?(?:do|did|are|were|have|can) you\b/i.test(text);
  return (
    retrieved / best +
    0.4 * coverage +
    (isWanted ? 0.3 : 0) +
    (mine !== null && mine.test(said) ? 0.3 : 0) -
    (isOwn && isInFirstPerson(said) ? 0 : isOfDeeds ? 0.35 : 0.15) -
    (leansBack(said) && before === null ? 0.3 : 0) +
    // "he" is answered by what goes on about him
    (before !== null && leansOn(said) ? 0.2 : 0)
  );
}

function toPassage(source: Source, question: Question, earlier: Said): Passage | null {
  const { item, text, isOwn } = source;
  if (isHeading(text)) return null;
  const all = sentences(cleaned(text));
  const isUsable = (sentence: string) => !earlier.has(sentence) && (source.isTurn || !isAskedOfFace(sentence));
  const runs = runsOf(all, isUsable);
  // what is left of a piece that was quoted must be understood without it
  if (runs.flat().length < all.length && runs.flat().every((sentence) => leansBack(sentence))) return null;
  const isAnswer = source.asked !== null && isSameQuestion(source.asked, question.text);
  const chosen = choose(runs, question, source.isTurn || isAnswer);
  if (chosen === null || chosen.endsWith(":")) return null;
  const said = closed(chosen, item, text);
  const asked = askedBefore(source, said, question);
  if (asked === null && isFragment(said, source)) return null;
  const [place] = item.provenance;
  return {
    said,
    asked,
    isOwn,
    place: place === undefined ? null : { document: place.document_id, start: place.start, end: place.end },
    predicate: item.predicate ?? null,
    ...relation(said, source, question),
    isWanted: gives(question.wanted, said, question.strong),
    retrieved: item.score,
    score: 0,
    opposite: oppositeOf(item, earlier),
  };
}

/** Neighbouring sentences that may be quoted: a quotation leaves nothing out in its middle. */
function runsOf(all: readonly string[], isUsable: (sentence: string) => boolean): string[][] {
  const runs: string[][] = [[]];
  for (const sentence of all) {
    if (isUsable(sentence)) runs.at(-1)?.push(sentence);
    else runs.push([]);
  }
  return runs.filter(({ length }) => length > 0);
}

/** How what is said, and the question it answered, meet what is asked now. */
function relation(said: string, source: Source, question: Question): Pick<Passage, "coverage" | "isAnswer"> {
  const { asked, item, isTurn, nearby } = source;
  const own = `${said} ${item.statement ?? ""}`;
  const before = asked === null ? "" : isTurn ? (lastQuestion(asked) ?? "") : asked;
  const named = topics(`${isTurn ? withoutAddress(own) : own} ${before}`);
  const isAnswer = isSameQuestion(before, question.text);
  if (isAnswer) return { coverage: 1, isAnswer };
  const isElse = question.names.size > 0 && ![...question.names].some((name) => named.has(name));
  if (isElse || question.strong.size === 0) return { coverage: 0, isAnswer };
  // "What happened to him?": the sentences around it tell who he is
  const isReferring = question.before !== null && refers.test(said);
  const around = isReferring ? sharedShare(question, topics(nearby)) / 2 : 0;
  return { coverage: Math.max(around, sharedShare(question, named)), isAnswer };
}

/** Of what one of its questions names, how much is named; of several questions the one that is met best. */
function sharedShare({ parts }: Question, named: ReadonlySet<string>): number {
  const shares = parts.map((part) => [...part].filter((topic) => named.has(topic)).length / Math.max(1, part.size));
  return Math.max(0, ...shares);
}

/** Somebody has asked just that before. */
function isSameQuestion(asked: string, text: string): boolean {
  const own = words(text);
  const theirs = new Set(words(asked));
  return own.length >= 3 && own.filter((word) => theirs.has(word)).length >= 0.8 * own.length;
}

/** The last question before it, when it only makes sense as its answer, or when that is what names the matter. */
function askedBefore({ asked, isTurn }: Source, said: string, question: Question): string | null {
  const last = asked === null ? null : lastQuestion(asked);
  if (last === null || last.length > maxAskedCharacters) return null;
  if (isElliptical(said)) return last;
  const isNamedThere = sharedShare(question, topics(last)) > sharedShare(question, topics(said));
  return isTurn && (isNamedThere || isSameQuestion(last, question.text)) ? last : null;
}

function lastQuestion(text: string): string | null {
  // in chats a sentence may begin with a small letter
  const pieces = cleaned(text).split(/(?<=[.!?…)])(?<!\b(?:Mr|Mrs|Ms|Dr|St)\.)\s+/u);
  // retrieval hands out the end of a long turn, which may begin in the middle of a word
  const whole = text.length < cutCharacters ? pieces : pieces.slice(1);
  return whole.findLast((piece) => piece.endsWith("?")) ?? null;
}

/** A piece that says nothing by itself. */
function isFragment(said: string, { isTurn, item }: Source): boolean {
  if (isTurn) return isElliptical(said);
  if (said.startsWith("… ") && item.kind === "primitive" && !/\bI\b/.test(said)) return true;
  const least = isInFirstPerson(said) ? 3 : 5;
  return isShort(said, least) || (leansBack(said) && isShort(said, 6));
}

/** A clause out of a longer sentence shows where it goes on. */
function closed(said: string, { kind }: RetrievedItem, source: string): string {
  if (kind !== "primitive") return said;
  const isOpen = !/[.!?…]["'”’)]*$/u.test(source.trim()) && !said.endsWith("…");
  const end = isOpen ? `${said.replace(/[,;:–—-]+$/u, "")} …` : said;
  return /^\p{Ll}/u.test(end) ? `… ${end.replace(joint, "")}` : end;
}

function oppositeOf({ tensions = [] }: RetrievedItem, earlier: Said): string | null {
  // of what somebody else wrote only the statement is in the first person
  const texts = tensions.map(({ text, quote = text }) => cleaned(isInFirstPerson(quote) ? quote : text));
  return texts.find((text) => text !== "" && !earlier.has(text)) ?? null;
}
