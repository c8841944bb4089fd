import { nameStems } from "@/lib/retrieve/query";
import { isStopWord } from "@/lib/retrieve/stop-words";
import { words } from "@/lib/retrieve/tokenize";
import { askedPredicates } from "./builtin-predicates";
import { type QuestionKind, questionKind } from "./builtin-questions";
import { sentences } from "./builtin-text";
import { type Wanted, wantedBy } from "./builtin-wanted";
import { namingTopics, strongTopics, topics } from "./builtin-words";

export type Question = {
  text: string;
  kind: QuestionKind;
  wanted: Wanted;
  /** kinds of statement that it asks for */
  predicates: ReadonlySet<string>;
  /** what it is about: its own words and, where it says little by itself, those of the question before */
  topics: ReadonlySet<string>;
  /** the words among them that name something */
  strong: ReadonlySet<string>;
  /** the same of each question in it: who asks two things is answered on either */
  parts: readonly ReadonlySet<string>[];
  /** names in it: what does not hold one of them is about something else */
  names: ReadonlySet<string>;
  /** "my father", where it asks about "your father" */
  mine: RegExp | null;
  /** the question that it leans on; null when it stands by itself */
  before: string | null;
  isForeign: boolean;
};

type Turn = { role: string; text: string };
type Names = { username: string; name: string | null; aliases: string[] };
type Topics = { all: ReadonlySet<string>; strong: ReadonlySet<string> };

const leaningKinds: ReadonlySet<QuestionKind> = new Set(["reason", "before", "after", "more"]);
const maxLeaningWords = 9;
const maxQuestions = 3;
/** Of a pasted page the end is what is asked. */
const maxCharacters = 4_000;

/**
 * Reads the last thing a user said, and as much of what was said before as it leans on.
 *
 * @param turns oldest first, the last of the user's is answered
 */
export function readQuestion(turns: readonly Turn[], face: Names): Question {
  const asked = turns.filter(({ role }) => role === "user").map(({ text }) => text.trim());
  const text = telling(asked.at(-1) ?? "");
  const dropped = nameStems(face);
  const kind = questionKind(text);
  const own = topicsOf(withoutAnswerWords(text), dropped);
  const leans = leaningKinds.has(kind) || own.all.size === 0 || leansOnEarlier(text);
  const earlier = leans ? [...asked.slice(0, -1)].reverse() : [];
  const before = earlier.find((each) => topicsOf(each, dropped).all.size > 0) ?? null;
  const about = aboutOf(own, text, before, dropped);
  const predicates = askedPredicates(text);
  return {
    text,
    kind,
    wanted: wantedBy(text),
    predicates: predicates.size === 0 && leaningKinds.has(kind) ? askedPredicates(before ?? "") : predicates,
    topics: about.all,
    strong: about.strong,
    parts: before === null ? partsOf(text, dropped) : [about.strong],
    names: namesIn(text, dropped),
    mine: mineOf(text),
    before,
    isForeign: isForeign(text),
  };
}

function aboutOf(own: Topics, text: string, before: string | null, dropped: ReadonlySet<string>): Topics {
  if (before === null) return own.all.size > 0 ? own : topicsOf(text, dropped);
  const { all, strong } = topicsOf(withoutAnswerWords(before), dropped);
  const naming = namingTopics(withoutAnswerWords(text), dropped);
  return { all: new Set([...own.all, ...all]), strong: new Set([...naming, ...strong]) };
}

function topicsOf(text: string, dropped: ReadonlySet<string>): Topics {
  return { all: topics(text, dropped), strong: strongTopics(text, dropped) };
}

/** Of what was said the questions, the last ones first of all; all of it when nothing is asked. */
function telling(whole: string): string {
  const text = whole.slice(-maxCharacters).toWellFormed();
  const all = sentences(text);
  const asking = all.filter((sentence) => sentence.endsWith("?"));
  return all.length < 2 ? text : (asking.length > 0 ? asking : all).slice(-maxQuestions).join(" ");
}

function partsOf(text: string, dropped: ReadonlySet<string>): ReadonlySet<string>[] {
  const parts = sentences(text).map((sentence) => topicsOf(withoutAnswerWords(sentence), dropped).strong);
  const telling = parts.filter(({ size }) => size > 0);
  return telling.length === 0 ? [topicsOf(text, dropped).strong] : telling;
}

/** "What city do you live in?": the answer names a city without saying the word. */
export function withoutAnswerWords(text: string): string {
  return text.replace(
    /\b(?:what|which) (?:city|town|country|place|street|neighbou?rhood|year|day|month|date|time|age|colou?r|kind|sort|job)(?: of \w+)?\b/gi,
    " ",
  );
}

/** Words with a capital that do not begin a sentence. */
function namesIn(text: string, dropped: ReadonlySet<string>): Set<string> {
  const found = [...text.matchAll(/(?<=[\p{L}\p{N},;:'’"”)]\s+["“'‘(]?)(?!I\b)\p{Lu}[\p{L}'’-]+/gu)];
  // titles and shouting tell nothing
  if (found.length * 2 > text.split(/\s+/u).length) return new Set();
  return topics(found.map(([name]) => name).join(" "), dropped);
}

function mineOf(text: string): RegExp | null {
  const person = /^(?:[Aa]nd |[Bb]ut |[Ss]o )?[Ww]h(?:o|at)(?:'s| is| was| are| were) (?:the )?(\p{Lu}\p{L}+)/u.exec(
    text,
  )?.[1];
  if (person !== undefined)
    return new RegExp(`\\b(?:my|called|named)\\b(?: \\S+){0,4} ${person}|${person},? (?:by name|was|is|who)\\b`, "u");
  const being =
    /^(?:so |and |but )?(?:where |when )?(?:are|were) you (?:ever |still |really |very )?(?:an? |the |in )?(\p{L}{3,})/iu.exec(
      text,
    )?.[1];
  if (being !== undefined) return new RegExp(`\\bI(?:['’]m| am| was)\\b(?: \\S+){0,12} ${being}`, "iu");
  const [, first, second] = /\byour (\p{L}{3,})(?: (\p{L}{3,}))?/iu.exec(text) ?? [];
  if (first === undefined) return null;
  return new RegExp(`\\bmy (?:\\p{L}+ ){0,2}(?:${second === undefined ? first : `${first}|${second}`})`, "iu");
}

/** "Do you like him?", "Was that always so?": the words are about what was said before. */
function leansOnEarlier(text: string): boolean {
  const refers = /\b(?:it|its|that|this|those|these|them|they|their|he|him|his|she|her|there|then|so)\b/i;
  return words(text).length <= maxLeaningWords && refers.test(text);
}

const otherTongues = new Set(
  (
    "du und ist der die das ein eine nicht ich wie warum wo wer mit von über dich dir bist hast was macht " +
    "que est les des une pourquoi vous quel quelle avec dans où qui comment votre ton es tu el los las por qué quién cómo dónde eres tienes del " +
    "che il della perché sei hai vad är och jag varför hur har inte din wat een het waarom hoe jij je bent"
  ).split(" "),
);

/** Mostly words of languages that the search behind the engine does not know. */
function isForeign(text: string): boolean {
  const all = words(text);
  if (all.length < 3) return false;
  if (
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hangul}]/u.test(
      text,
    )
  )
    return true;
  const other = all.filter((word) => otherTongues.has(word) && (word === "was" || !isStopWord(word))).length;
  return other >= 2 && other > all.filter((word) => isStopWord(word) && !otherTongues.has(word)).length;
}
