import { type AskedKind, askedKind } from "./asked-kind";
import { type FaceName, spokenNames, toFirstPerson } from "./first-person";
import { bigrams, terms, words } from "./tokenize";
import { asksForTime, yearsIn } from "./times";

/** One turn of a conversation, as text. */
export type Turn = { role: "user" | "assistant"; text: string };

/** What is looked for, worked out from the last turns of a conversation. */
export type Query = {
  /** sentences to embed, in the face's first person, and how much each counts */
  lines: { text: string; weight: number }[];
  terms: Map<string, number>;
  bigrams: Set<string>;
  asksForTime: boolean;
  /** what kind of statement answers it, when it names no topic */
  asksForKind: AskedKind | null;
  years: number[];
  /** pairs of neighbouring terms that the face has already said */
  said: Set<string>;
};

/** How much the turns before the last count, and how much when the last one says little by itself ("why?"). */
const backWeights = {
  followUp: { ask: 0.4, answer: 0.3 },
  brief: { ask: 0.2, answer: 0.1 },
  // who asks about something new means nothing that was said before: any weight here costs more than it finds
  standalone: { ask: 0, answer: 0 },
};
const backDecay = 0.4;
const turnsBack = 4;
const maxLinesPerTurn = 3;
const maxTerms = 48;
const maxTurnCharacters = 4000;
/** A question with more words of a topic says itself what it is about, whatever its pronouns mean. */
const maxTermsOfFollowUp = 3;
const refersBack = new Set(
  "it its that this those these they them their he him his she her there same else".split(" "),
);
const continues = new Set("and but so or then also".split(" "));

/** Reads a conversation into a query. Only what users asked and the face answered last counts, the newest most. */
export function toQuery(turns: readonly Turn[], face: FaceName): Query {
  const dropped = nameStems(face);
  const relevant = turns
    .filter((turn) => turn.text.trim() !== "")
    .map((turn) => ({ ...turn, text: turn.text.slice(-maxTurnCharacters) }));
  const last = relevant.findLastIndex((turn) => turn.role === "user");
  const query: Query = {
    lines: [],
    terms: new Map(),
    bigrams: new Set(),
    asksForTime: false,
    asksForKind: null,
    years: [],
    said: saidBefore(relevant),
  };
  const ask = relevant[last];
  if (ask === undefined) return query;
  addTurn(query, ask, 1, face, dropped);
  query.asksForTime = asksForTime(ask.text);
  query.asksForKind = askedKind(toFirstPerson(ask.text, face));
  query.years = yearsIn(ask.text);
  const back = backWeights[dependence(ask.text, dropped)];
  let decay = 1;
  for (let at = last - 1; at >= Math.max(0, last - turnsBack); at -= 1) {
    const turn = relevant[at];
    if (turn === undefined) continue;
    addTurn(query, turn, decay * (turn.role === "user" ? back.ask : back.answer), face, dropped);
    if (turn.role === "user") decay *= backDecay;
  }
  keepStrongest(query);
  return query;
}

/** Stems of the names that the question and the sources share and that therefore tell nothing. */
export function nameStems(face: FaceName): Set<string> {
  return new Set(spokenNames(face).flatMap((name) => terms(name)));
}

function addTurn(query: Query, turn: Turn, weight: number, face: FaceName, dropped: ReadonlySet<string>): void {
  if (weight < 0.05) return;
  const found = terms(turn.text, dropped);
  for (const term of found) query.terms.set(term, Math.max(query.terms.get(term) ?? 0, weight));
  if (weight === 1) for (const pair of bigrams(found)) query.bigrams.add(pair);
  for (const sentence of tellingSentences(turn.text)) {
    // the face's own answers are in its first person already
    query.lines.push({ text: turn.role === "user" ? toFirstPerson(sentence, face) : sentence, weight });
  }
}

/** The questions of a turn, or its last sentences when it asks nothing. */
function tellingSentences(text: string): string[] {
  const sentences = text
    .split(/(?<=[.!?…])\s+|\n+/)
    .map((part) => part.trim())
    .filter((part) => /\p{L}/u.test(part));
  const questions = sentences.filter((sentence) => sentence.endsWith("?"));
  return (questions.length > 0 ? questions : sentences).slice(-maxLinesPerTurn);
}

/** How much of a question is left to the turns before it. */
function dependence(text: string, dropped: ReadonlySet<string>): keyof typeof backWeights {
  const found = terms(text, dropped).length;
  const spoken = words(text);
  const refers = spoken.some((word) => refersBack.has(word)) || continues.has(spoken[0] ?? "");
  if (found === 0 || (refers && found <= maxTermsOfFollowUp)) return "followUp";
  return found <= 1 ? "brief" : "standalone";
}

function saidBefore(turns: readonly Turn[]): Set<string> {
  const answers = turns.filter((turn) => turn.role === "assistant");
  return new Set(answers.flatMap((turn) => bigrams(terms(turn.text))));
}

/** A pasted page is not a question of a thousand words: the newest and, among them, the longest words stay. */
function keepStrongest(query: Query): void {
  if (query.terms.size <= maxTerms) return;
  const ranked = [...query.terms].sort((a, b) => b[1] - a[1] || b[0].length - a[0].length || (a[0] < b[0] ? -1 : 1));
  query.terms = new Map(ranked.slice(0, maxTerms));
}
