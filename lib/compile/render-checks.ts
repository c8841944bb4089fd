import nlp from "compromise/two";
import { maxStatementWords } from "./grammar";

/** Why a rendered statement cannot stand alone. */
export type Flaw = "too long" | "cut" | "no main verb" | "dangling" | "reference" | "foreign";

type Term = { word: string; tags: ReadonlySet<string>; comma: boolean };

const finite = new Set(["PastTense", "PresentTense", "Copula", "Modal", "Infinitive"]);
const subordinators = new Set(
  "when whenever if unless because although though while whilst before after until till since which who whom whose where whereas whereby lest wherever whether whatever what how why".split(
    " ",
  ),
);
const subjects = new Set("i he she it we they you there nobody everybody everyone people one".split(" "));
const plainFinite = /^(?:['’](?:m|re|ve|s|d|ll)|am|is|are|was|were|has|have|had|does|do|did)$/u;
/** Openings that need a sentence before them. */
const dangling =
  /^(?:which|whom|whose|than|nor|neither|either|such (?:as|being|was|were)|namely|viz|and|or|but|so that|in order|to which|of which|in which|that (?=(?:i|he|she|it|we|they|my|his|her|one)\b)|by which|for which|with which|being|having|too,|as well)\b/iu;
const lacksSubject =
  /^(?:can|could|must|never \w+ed|am|was|were|had|have|has|did)\b(?! (?:i|you|we|he|she|they|it|the|my|a|an)\b)/iu;
const reference =
  /^(?:he|she|it|they|him|her|them|this|these|those|that|the (?:latter|former|same)|both)(?:['’]\w+)?\s(?!(?:who|that|which|of us|is (?:nothing|no) (?:more|less|worse)|takes|costs|pays|is (?:better|best|easy|easier|hard|harder|right|wrong|true|natural|impossible|possible|never|always|not))\b)/iu;
const ownWord = /\b(?:i|i['’](?:m|ve|d|ll)|me|my|mine|myself|we|us|our)\b/iu;

/** What it is about was said in the sentence before. */
const pointing =
  /^(?:(?:by|in|at|on|from|with|to|for|during|after|upon|under) )?(?:this|these|those|such)\s(?!morning|evening|day|year|week)|^(?:he|she|they)\s/iu;
/** "I lived with me": two people became one. */
const toOneself = /\bI (?:[\p{L}'’-]+ ){1,2}(?:(?:at|with|to|for|of|about|on|by) )?me\b|\bI came to us\b/u;

function isOpen(statement: string): boolean {
  const count = (mark: RegExp): number => statement.match(mark)?.length ?? 0;
  return count(/\(/gu) !== count(/\)/gu) || count(/\[/gu) !== count(/\]/gu);
}

/** What is wrong with a statement as a sentence that stands alone; empty for a good one. */
export function flaws(statement: string): Flaw[] {
  const found: Flaw[] = [];
  if (statement.split(/\s+/u).filter((word) => word !== "…").length > maxStatementWords) found.push("too long");
  if (/…$/u.test(statement) || isOpen(statement)) found.push("cut");
  if (dangling.test(statement) || lacksSubject.test(statement)) found.push("dangling");
  if (!hasMainVerb(statement)) found.push("no main verb");
  if (ownWord.test(statement) ? pointing.test(statement) : reference.test(statement)) found.push("reference");
  if (!ownWord.test(statement) && /\b(?:he|him|his|she|her)\b/iu.test(statement)) found.push("foreign");
  else if (toOneself.test(statement)) found.push("foreign");
  return found;
}

/** Whether a clause has a verb of its own, beyond those of its "when …", "which …" and "that …" clauses. */
export function hasMainVerb(clause: string): boolean {
  const terms = tag(clause);
  let verbs = 0;
  let inner = 0;
  for (const [index, term] of terms.entries()) {
    if (isFinite(term, terms[index - 1], terms[index - 2]) && !isParticiple(terms, index)) verbs += 1;
    if ((subordinators.has(term.word) && !term.comma) || opensThatClause(terms, index)) inner += 1;
  }
  return verbs > inner && !isBareNoun(clause) && !isAbsolute(clause, terms);
}

/** "The kindness acknowledged by letters": said of the noun before it. */
function isParticiple(terms: Term[], index: number): boolean {
  const before = terms[index - 1];
  if (terms[index + 1]?.word !== "by" || !terms[index]?.tags.has("PastTense")) return false;
  return before !== undefined && before.tags.has("Noun") && !subjects.has(before.word);
}

/** "My future being known to Him only …", "each of them having wronged me": what waits for the sentence it belongs to. */
function isAbsolute(clause: string, terms: Term[]): boolean {
  const at = terms.findIndex(({ word }) => word === "being" || word === "having");
  if (at < 1 || terms.slice(0, at).some((term, index) => isFinite(term, terms[index - 1], terms[index - 2])))
    return false;
  return !/(?:being|having)\b.*, (?:i|we|he|she|it|they|you|my|our|the|this|that|there|nothing|nobody)\b/iu.test(
    clause,
  );
}

/** "An expense I was free from", "one he was proud of": a noun and what is said of it, no sentence. */
function isBareNoun(clause: string): boolean {
  return /^(?:an?|the|one|another|no|some) (?:[\p{L}'’-]+ ){1,4}?(?:i|he|she|we|they) [^,;]*\b(?:from|of|with|to|in|on|for|at|by|about)[.!]?$/iu.test(
    clause,
  );
}

function isFinite(term: Term, before: Term | undefined, earlier: Term | undefined): boolean {
  if (!term.tags.has("Verb") && !plainFinite.test(term.word)) return false;
  if (term.tags.has("Gerund")) return false;
  if (![...term.tags].some((name) => finite.has(name)) && !plainFinite.test(term.word)) return false;
  // the second word of "have found", "was told", "to go", "can swim" adds no verb of its own
  const helper = [
    before,
    /ly$|^(?:not|never|always|often|also|still|just|ever)$/u.test(before?.word ?? "") ? earlier : undefined,
  ];
  if (helper.some((word) => word && (isHelper(word) || word.word === "to"))) return false;
  // "the laboured endeavour", "a wanted man"
  if (
    before &&
    /^(?:the|an?|my|his|her|their|our|this|these|those|its|no|more|most|very|so|of|with|by|for)$/u.test(before.word)
  )
    return false;
  return true;
}

function isHelper(term: Term): boolean {
  return (
    term.tags.has("Auxiliary") ||
    term.tags.has("Modal") ||
    term.tags.has("Copula") ||
    /^(?:am|is|are|was|were|be|been|has|have|had|does|do|did|not|n't|can|could|will|would|shall|should|must|may|might)$/u.test(
      term.word,
    )
  );
}

/** "… that I had it": only where a subject follows; "that" alone may point at something. */
function opensThatClause(terms: Term[], index: number): boolean {
  const term = terms[index];
  const next = terms[index + 1];
  if (!term || !next) return false;
  if (term.word === "as") return subjects.has(next.word) || terms[index - 1]?.word === "soon";
  if (index === 0) return false;
  if (term.word !== "that") return false;
  return !(
    next.tags.has("Noun") &&
    !subjects.has(next.word) &&
    /^(?:of|in|on|at|for|to|with)$/u.test(terms[index - 1]?.word ?? "")
  );
}

/** "wrong'd", "tri'd": old spellings that a tagger takes for nouns. */
const oldPast =
  /(?<![\p{L}'’])(?!(?:i|he|she|it|we|they|you|who|that|there|what|how|where)['’])(\p{L}{2,})['’]d(?!\p{L})/giu;

/** The words of a clause with their classes. */
function tag(clause: string): Term[] {
  return nlp(clause.replace(oldPast, "$1ed")).docs.flatMap((sentence) =>
    sentence.map(({ text, normal, post, tags }) => ({
      word: (text || normal).toLowerCase(),
      tags: tags ?? new Set<string>(),
      comma: post.includes(","),
    })),
  );
}
