import type { SourceInfo } from "./grammar";
import { type FaceNames, namePattern } from "./first-person";

export type About = "face" | "other" | "none";

export const kin =
  "wife|husband|mother|father|sister|brother|son|daughter|friend|friends|colleague|colleagues|apprentice|boss|teacher|neighbou?r|neighbou?rs|aunt|uncle|cousin|grandmother|grandfather|partner|assistant|pupils?|students?|children|parents|editor|foreman|manager|doctor|nephew|niece|widow|widower|brothers|sisters|sons|daughters|successor|predecessor|clients?|patients?|readers?|critics?";
/** Capitalised words that open sentences or name no person. */
const notNames = new Set(
  "The A An In On At It He She They I We You His Her Their My Our This That These Those There Then When Where While After Before If But And Or So Yet For From With Without By Of To As Not No Nor Nobody Everyone Once Now Even Only Born Asked Until Since Because Though Although During Under Over Between What Why How Who Which One Two Three Some Most Many All Every Each Both Still Here Today Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December English French German Mr Mrs Ms Dr God".split(
    " ",
  ),
);

/**
 * Which names and pronoun stand for the face in a text about it.
 *
 * Without pronouns in the face's settings the likelier of he and she is counted: whichever stands more
 * often in the text, if it does so clearly.
 */
export function faceNames(face: SourceInfo["face"], text: string): FaceNames {
  const whole = [face.name ?? "", ...face.aliases].map((name) => name.trim()).filter((name) => name !== "");
  const parts = whole.flatMap((name) => name.split(/\s+/u)).filter((part) => /^\p{Lu}[\p{L}'’-]{2,}$/u.test(part));
  const named = /^[a-z]{3,}$/u.test(face.username)
    ? face.username.charAt(0).toUpperCase() + face.username.slice(1)
    : null;
  return {
    names: [...new Set([...whole, ...parts, ...(whole.length === 0 && named ? [named] : [])])],
    pronoun: pronounOf(face.pronouns) ?? likelierPronoun(text),
  };
}

function pronounOf(pronouns: string | null): FaceNames["pronoun"] {
  const first = /\b(he|she|they)\b/iu.exec(pronouns ?? "")?.[1]?.toLowerCase();
  return first === "he" || first === "she" || first === "they" ? first : null;
}

function likelierPronoun(text: string): FaceNames["pronoun"] {
  const sample = text.slice(0, 200_000);
  const he = (sample.match(/\b(?:he|his|him)\b/giu) ?? []).length;
  const she = (sample.match(/\b(?:she|her|hers)\b/giu) ?? []).length;
  if (he > 2 * she && he > 1) return "he";
  return she > 2 * he && she > 1 ? "she" : null;
}

/**
 * Follows through a paragraph whom each sentence is about.
 *
 * The subject is the first person mentioned; a pronoun stands for whoever was the subject before, and
 * at a paragraph's beginning for the face.
 *
 * @param sentences the paragraph's, in order
 */
export function mentions(sentences: string[], face: FaceNames): About[] {
  let sinceOther = otherHolds;
  return sentences.map((sentence) => {
    const found = subjectOf(sentence, face, sinceOther < otherHolds ? "other" : "face");
    if (found.about === "face") sinceOther = otherHolds;
    else sinceOther = found.takesPronoun && found.isNamed ? 0 : sinceOther + 1;
    return found.about;
  });
}

/** Somebody else keeps the face's pronoun for this many sentences after being named: in a text about the face it soon means the face again. */
const otherHolds = 1;

/** `takesPronoun`: whether the face's pronoun would from now on mean this subject. */
type Subject = { about: About; takesPronoun: boolean; isNamed: boolean };

function subjectOf(sentence: string, { names, pronoun }: FaceNames, pronounMeans: About): Subject {
  const outside = withoutQuotes(sentence);
  const name = names.length > 0 ? `(?:${namePattern(names)})` : "(?!)";
  const own = pronoun ?? "(?!)";
  const possessive = pronoun ? possessives[pronoun] : "(?!)";
  const relative = new RegExp(
    String.raw`(?<!\p{L})(?:${possessive}|${name}['’]s)\s+(?:[\p{L}-]+\s+){0,2}?(${kin})(?!\p{L})`,
    "iu",
  ).exec(outside);
  const named = new RegExp(String.raw`(?<!\p{L})${name}(?!\p{L})`, "u").exec(outside);
  const pronounAt = new RegExp(String.raw`(?<!\p{L})${own}(?!\p{L})`, "iu").exec(outside)?.index ?? Infinity;
  const stranger = firstStranger(outside, names);
  const rival =
    (pronoun === "he" ? /\bshe\b/iu : pronoun === "she" ? /\bhe\b/iu : /\b(?:he|she)\b/iu).exec(outside)?.index ??
    Infinity;
  const faceAt = Math.min(named?.index ?? Infinity, pronounMeans === "face" ? pronounAt : Infinity);
  // "I never saw her weep" is about her: the narrator is the subject only when nobody else is there.
  const narrator = faceAt === Infinity ? stranger.narrator : Infinity;
  const unlike = Math.min(
    rival,
    narrator,
    relative && isUnlike(relative[1] ?? "", pronoun) ? relative.index : Infinity,
  );
  const like = Math.min(
    stranger.named,
    relative && !isUnlike(relative[1] ?? "", pronoun) ? relative.index : Infinity,
    pronounMeans === "other" ? pronounAt : Infinity,
  );
  if (Math.min(faceAt, unlike, like) === Infinity) {
    return {
      about: pronounMeans === "face" && possessiveOnly(outside, possessive) ? "face" : "none",
      takesPronoun: false,
      isNamed: false,
    };
  }
  if (faceAt < Math.min(unlike, like)) return { about: "face", takesPronoun: true, isNamed: named !== null };
  return { about: "other", takesPronoun: like < unlike, isNamed: Math.min(like, unlike) < pronounAt };
}

const possessives = { he: "his", she: "her", they: "their" } as const;

/** Whether a kinship word names somebody whom the face's pronoun cannot mean. */
function isUnlike(word: string, pronoun: FaceNames["pronoun"]): boolean {
  const isFemale = /^(?:wife|mother|sister|daughter|aunt|grandmother|niece|widow)s?$/iu.test(word);
  const isMale = /^(?:husband|father|brother|son|uncle|grandfather|nephew|widower)s?$/iu.test(word);
  return (pronoun === "he" && isFemale) || (pronoun === "she" && isMale);
}

function possessiveOnly(sentence: string, possessive: string): boolean {
  return new RegExp(String.raw`(?<!\p{L})(?:${possessive}|him|himself|herself)(?!\p{L})`, "iu").test(sentence);
}

/** Where somebody else is first named (a capitalised word that is no sentence opener), and where the narrator says "I". */
function firstStranger(sentence: string, names: string[]): { named: number; narrator: number } {
  const own = new Set(names);
  let narrator = Infinity;
  for (const match of sentence.matchAll(/(?<![\p{L}'’])(\p{Lu}[\p{Ll}'’-]+|I)(?![\p{L}])/gu)) {
    const word = (match[1] ?? "").replace(/['’]s$/u, "");
    if (word === "I") narrator = Math.min(narrator, match.index);
    else if (!own.has(word) && !notNames.has(word) && isPersonLike(sentence, match.index, word))
      return { named: match.index, narrator };
  }
  return { named: Infinity, narrator };
}

/** A name is a person here when a verb or a comma follows and no place word stands before. */
function isPersonLike(sentence: string, at: number, word: string): boolean {
  const before = sentence.slice(Math.max(0, at - 12), at);
  if (/\b(?:in|at|from|near|to|of|the|on|de|von|for|by|with|and)\s+$/iu.test(before)) return false;
  return /^(?:\s+\p{Lu}[\p{L}'’-]+)?(?:,|\s+(?:is|was|has|had|says|said|does|did|will|would|can|could|never|always|\p{L}+(?:s|ed)|who|and)\b)/u.test(
    sentence.slice(at + word.length),
  );
}

/** What others say in quotes is not told by the text itself. */
function withoutQuotes(sentence: string): string {
  return sentence.replace(/["“][^"”]*["”]?/gu, (quote) => " ".repeat(quote.length));
}
