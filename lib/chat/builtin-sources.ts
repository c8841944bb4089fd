import { spokenNames } from "@/lib/retrieve/first-person";
import type { RetrievedItem } from "@/lib/retrieve/schemas";
import { cleaned, isAskedOfFace, isInFirstPerson } from "./builtin-text";

export type FaceNames = { username: string; name: string | null; aliases: string[]; pronouns: string | null };

/** A retrieved item with what tells how to read it. */
export type Source = {
  item: RetrievedItem;
  /** as it stands in the source */
  text: string;
  /** what an interviewer, or the other in a conversation, asked right before it */
  asked: string | null;
  /** what was retrieved from shortly before or after it */
  nearby: string;
  /** the face's own words, rather than somebody's words about it */
  isOwn: boolean;
  isTurn: boolean;
};

/** An interviewer's question is answered by what begins this many characters after it at most. */
const answerWithin = 400;
const nearbyCharacters = 800;
/** Of a speech without end only the beginning is read. */
const maxCharacters = 8_000;

/** Items as pieces of source: those that follow one another are joined, and what only asks becomes the others' question. */
export function sourcesOf(items: readonly RetrievedItem[], face: FaceNames): Source[] {
  const name = namePattern(face);
  const about = documentsAbout(items, face, name);
  const asking = items.filter((item) => item.speaker === undefined && isAskedOfFace(textOf(item)));
  const telling = items.filter((item) => !isAskedOfFace(textOf(item)));
  return merged(telling)
    .filter((item) => !isSomebodyElses(textOf(item)))
    .map((item) => {
      const text = textOf(item);
      return {
        item,
        text,
        asked: item.previousText ?? questionBefore(item, asking),
        nearby: textNear(item, items),
        isOwn: isOwnWords(item, text, name, about),
        isTurn: item.speaker !== undefined,
      };
    })
    .filter(({ isOwn, text }) => isOwn || !isNote(text) || name.test(text));
}

function textOf({ kind, text, provenance: [first] }: RetrievedItem): string {
  return (kind === "span" ? text : (first?.quote ?? text)).slice(0, maxCharacters);
}

/** The nearest question that stands shortly before an item in its document. */
function questionBefore({ provenance: [place] }: RetrievedItem, asking: readonly RetrievedItem[]): string | null {
  if (place === undefined) return null;
  const nearest = asking
    .map((item) => ({ item, from: item.provenance[0] }))
    .filter(({ from }) => from?.document_id === place.document_id && from.version === place.version)
    .map(({ item, from }) => ({ item, distance: place.start - (from?.end ?? 0) }))
    .filter(({ distance }) => distance >= 0 && distance <= answerWithin)
    .sort((a, b) => a.distance - b.distance)[0];
  return nearest === undefined ? null : cleaned(nearest.item.text);
}

function textNear({ provenance: [place] }: RetrievedItem, items: readonly RetrievedItem[]): string {
  if (place === undefined) return "";
  const near = items.filter(({ provenance: [other] }) => {
    if (other === undefined || other.document_id !== place.document_id || other.version !== place.version) return false;
    return other.start - place.end <= nearbyCharacters && place.start - other.end <= nearbyCharacters;
  });
  return near.map(textOf).join(" ");
}

function merged(items: readonly RetrievedItem[]): RetrievedItem[] {
  const result: RetrievedItem[] = [];
  for (const item of items) {
    const at = result.findIndex((other) => isNext(other, item) || isNext(item, other));
    const other = result[at];
    if (other === undefined) result.push(item);
    else result[at] = isNext(other, item) ? joined(other, item, other.score) : joined(item, other, other.score);
  }
  return result;
}

function isNext(a: RetrievedItem, b: RetrievedItem): boolean {
  const [left, right] = [a.provenance[0], b.provenance[0]];
  if (left === undefined || right === undefined || a.kind !== "span" || b.kind !== "span") return false;
  if (a.speaker !== undefined || left.document_id !== right.document_id || left.version !== right.version) return false;
  const gap = right.start - left.end;
  return gap >= 0 && gap <= 1;
}

function joined(first: RetrievedItem, second: RetrievedItem, score: number): RetrievedItem {
  const [left, right] = [first.provenance[0], second.provenance[0]];
  const text = `${first.text} ${second.text}`;
  const { statement, predicate, component } = first.statement === undefined ? second : first;
  return {
    ...first,
    text,
    score,
    ...(statement === undefined ? {} : { statement }),
    ...(predicate === undefined ? {} : { predicate }),
    ...(component === undefined ? {} : { component }),
    provenance: left === undefined || right === undefined ? [] : [{ ...left, end: right.end, quote: text }],
  };
}

/** "…," the student says: words that are neither the face's nor about it alone. */
function isSomebodyElses(source: string): boolean {
  return /^\s*["“][^"“”]*[,!?]["”]\s*(?:(?!I\b)(?:[\p{L}-]+ ){1,3}(?:says?|said|remembers|remembered|recalls|recalled|replied|answered)\b|(?:says?|said|replied|answered|cried)\s+(?!I\b)\p{L}+)/u.test(
    source,
  );
}

/** An editor's note: it bears a number, and nobody says I in it. */
function isNote(source: string): boolean {
  return /^\s*\[\d{1,4}\]/.test(source);
}

/**
 * Whose words an item is made of. A source does not say; but what was rewritten into the first person, or names the
 * face from outside, was written by somebody about it.
 */
function isOwnWords(item: RetrievedItem, source: string, name: RegExp, about: ReadonlySet<string>): boolean {
  if (item.speaker !== undefined) return true;
  const told = outsideQuotes(source);
  if (name.test(told) && !isInFirstPerson(told)) return false;
  if (isInFirstPerson(source)) return true;
  return !isNote(source) && !about.has(item.provenance[0]?.document_id ?? "");
}

/** Documents in which somebody speaks of the face by name, or as he, she or they, where the statement says I. */
function documentsAbout(items: readonly RetrievedItem[], face: FaceNames, name: RegExp): Set<string> {
  const pronoun = /\b(?:he|she|they)\b/i.exec(face.pronouns ?? "")?.[0];
  const mention = pronoun === undefined ? null : new RegExp(`\\b(?:${pronoun}|hers?|his|theirs?)\\b`, "i");
  return new Set(
    items.flatMap((item) => {
      const [place] = item.provenance;
      if (place === undefined || item.speaker !== undefined) return [];
      const told = outsideQuotes(textOf(item));
      if (isInFirstPerson(told) || isNote(told)) return [];
      const isRewritten = item.kind === "primitive" && isInFirstPerson(item.text) && (mention?.test(told) ?? false);
      return isRewritten || name.test(told) ? [place.document_id] : [];
    }),
  );
}

/** Any of the names by which the face is called, written like a name. */
function namePattern(face: FaceNames): RegExp {
  const last = face.name?.split(/\s+/).at(-1) ?? "";
  const names = [...spokenNames(face), ...(last.length > 2 ? [last] : [])].filter((name) => /^\p{Lu}/u.test(name));
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return escaped.length === 0 ? /(?!)/u : new RegExp(`(?<!\\p{L})(?:${escaped.join("|")})(?!\\p{L})`, "u");
}

function outsideQuotes(text: string): string {
  return text.replace(/["“][^"“”]*(?:["”]|$)/gu, " ");
}
