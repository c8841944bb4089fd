import type { RetrievedItem } from "@/lib/retrieve/schemas";
import { type Passage, passagesOf } from "./builtin-evidence";
import type { Question } from "./builtin-read";
import type { Said } from "./builtin-said";
import type { FaceNames } from "./builtin-sources";
import { cleaned, leansBack, sentences } from "./builtin-text";
import { gives } from "./builtin-wanted";
import { topics } from "./builtin-words";

export type Found = { items: readonly RetrievedItem[]; core: readonly RetrievedItem[]; face: FaceNames };

/** What is so much weaker than the best that it would only distract; a pointed question wants less. */
const weakestShare = { open: 0.62, pointed: 0.72 };
const most = { open: 4, pointed: 2 };
/** How much of what a question names a passage names at least. */
const leastCoverage = 0.5;
/** Score of retrieval from which the nearest is shown, as such, although it does not name what was asked for. */
const hedgeScore = 7;
/** Score of retrieval below which even the surest is a guess. */
const sureScore = 6.5;
/** Characters within which something stands "before" or "after" in a text. */
const nearby = 2_000;

/** What bears on the question by its words or its kind, the best first. */
export function telling(found: Found, question: Question, earlier: Said): Passage[] {
  const every = everything(found, question, earlier);
  const surest = Math.max(0, ...found.items.map(({ score }) => score));
  const named = every.filter((passage) => bearsOn(passage, question));
  const isAsSure = ({ isOwn, predicate, retrieved }: Passage, share: number) =>
    isOwn && predicate !== null && retrieved >= Math.max(sureScore, surest * share);
  // where the matter is there at all, a statement of which retrieval is as sure need not name it
  const bearing =
    named.length === 0 || question.names.size > 0
      ? named
      : every.filter((passage) => named.includes(passage) || isAsSure(passage, 0.9));
  const direct = every.filter(
    (passage) => passage.isAnswer || isOfKind(passage.predicate, question) || isAsSure(passage, 0.85),
  );
  // asked for a kind of statement, one of another kind that shares a word is about something else
  const all = question.predicates.size > 0 && direct.length > 0 ? direct : bearing;
  if (question.kind === "reason") return all.filter(({ isWanted }) => isWanted).slice(0, most.pointed);
  const manner = isPointed(question) ? "pointed" : "open";
  const best = all[0]?.score ?? 0;
  const strong = all.filter(({ score }) => score >= best * weakestShare[manner]);
  const kept = question.wanted === "possession" ? strong.filter(({ isWanted }) => isWanted) : strong;
  return kept.slice(0, most[manner]);
}

/** The nearest thing, where retrieval is sure of it and the question's words are not in it. */
export function nearest(found: Found, question: Question, earlier: Said): Passage[] {
  if (question.before !== null || question.wanted === "possession" || question.names.size > 0) return [];
  const all = everything(found, question, earlier);
  return all
    .filter(
      ({ isOwn, asked, retrieved, said }) => isOwn && asked === null && retrieved >= hedgeScore && !leansBack(said),
    )
    .slice(0, 1);
}

function everything({ items, core, face }: Found, question: Question, earlier: Said): Passage[] {
  const known = new Set(items.map(({ id }) => id));
  const ofKind = core.filter(({ id, predicate }) => !known.has(id) && question.predicates.has(predicate ?? ""));
  return passagesOf([...items, ...ofKind], question, face, earlier);
}

export function bearsOn({ coverage, predicate, isAnswer }: Passage, question: Question): boolean {
  if (isAnswer || isOfKind(predicate, question)) return true;
  return question.isForeign ? coverage > 0 : coverage >= leastCoverage;
}

/** A statement of the kind that is asked for. */
function isOfKind(predicate: string | null, { predicates }: Question): boolean {
  return predicate !== null && predicates.has(predicate);
}

/** Why, when, how many, do you: one or two statements answer, more only distract. */
function isPointed({ wanted, text, kind }: Question): boolean {
  return (
    kind === "question" &&
    (wanted !== null || /^(?:so |and |but )?(?:do|did|are|were|have|had|can|could|will|would|is|was) /i.test(text))
  );
}

/** What stands nearest before or after what was quoted last, in the same source. */
export function beside({ items, face }: Found, question: Question, earlier: Said): Passage[] {
  const quoted = items.find((item) => sentences(cleaned(item.text)).some((sentence) => earlier.hadLast(sentence)))
    ?.provenance[0];
  if (quoted === undefined) return [];
  const isBefore = question.kind === "before";
  return passagesOf(items, question, face, earlier)
    .flatMap((passage) => {
      if (passage.place?.document !== quoted.document_id) return [];
      const distance = isBefore ? quoted.start - passage.place.end : passage.place.start - quoted.end;
      return distance >= 0 && distance <= nearby ? [{ passage, distance }] : [];
    })
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 1)
    .map(({ passage }) => passage);
}

/** How a piece went on after what was quoted of it last. */
export function continued({ items }: Found, earlier: Said): string[] {
  for (const item of items) {
    const all = sentences(cleaned(item.kind === "span" ? item.text : ""));
    const at = all.findLastIndex((sentence) => earlier.hadLast(sentence));
    const rest = at < 0 ? [] : all.slice(at + 1).filter((sentence) => !earlier.has(sentence));
    if (rest.length > 0) return rest.slice(0, 2);
  }
  return [];
}

/** The sentence of the last answer that answers what is asked now, as "Since when?" after "not since 2017". */
export function saidAlready(question: Question, earlier: Said): string | null {
  if (question.wanted === null) return null;
  const quoted = [...earlier.last.matchAll(/“([^”]+)”/g)].flatMap(([, text = ""]) => sentences(text));
  const own = topics(question.text);
  const isAbout = (sentence: string) =>
    own.size === 0 || question.before !== null || [...own].every((topic) => topics(sentence).has(topic));
  return quoted.find((sentence) => gives(question.wanted, sentence, own) && isAbout(sentence)) ?? null;
}
