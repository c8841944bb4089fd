import { irregularForms } from "./irregular-forms";

const consonant = "[^aeiou]";
const vowel = "[aeiouy]";
/** A run of consonants: `y` opens one, but never continues it. */
const consonants = `${consonant}[^aeiouy]*`;
const vowels = `${vowel}[aeiou]*`;

/** The measure of a word counts its vowel-consonant pairs: `more1` is m > 0, `exactly1` m = 1, `more2` m > 1. */
const more1 = new RegExp(`^(${consonants})?${vowels}${consonants}`);
const exactly1 = new RegExp(`^(${consonants})?${vowels}${consonants}(${vowels})?$`);
const more2 = new RegExp(`^(${consonants})?${vowels}${consonants}${vowels}${consonants}`);
const hasVowel = new RegExp(`^(${consonants})?${vowel}`);
const doubled = /([^aeiouylsz])\1$/;
const shortEnding = new RegExp(`^${consonants}${vowel}[^aeiouwxy]$`);

const step2: [string, string][] = [
  ["ational", "ate"],
  ["tional", "tion"],
  ["enci", "ence"],
  ["anci", "ance"],
  ["izer", "ize"],
  ["bli", "ble"],
  ["alli", "al"],
  ["entli", "ent"],
  ["eli", "e"],
  ["ousli", "ous"],
  ["ization", "ize"],
  ["ation", "ate"],
  ["ator", "ate"],
  ["alism", "al"],
  ["iveness", "ive"],
  ["fulness", "ful"],
  ["ousness", "ous"],
  ["aliti", "al"],
  ["iviti", "ive"],
  ["biliti", "ble"],
  ["logi", "log"],
];
const step3: [string, string][] = [
  ["icate", "ic"],
  ["ative", ""],
  ["alize", "al"],
  ["iciti", "ic"],
  ["ical", "ic"],
  ["ful", ""],
  ["ness", ""],
];
const step4 = [
  "ement",
  "ance",
  "ence",
  "able",
  "ible",
  "ment",
  "ant",
  "ent",
  "ism",
  "ate",
  "iti",
  "ous",
  "ive",
  "ize",
  "ion",
  "al",
  "er",
  "ic",
  "ou",
];

const stems = new Map<string, string>();
const maxRemembered = 50_000;

/**
 * The stem of an English word, so that "thinking", "thought" and "thinks" are one term.
 *
 * Irregular forms come from a table, British endings are folded into American ones, the rest is Porter's algorithm
 * (M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980).
 *
 * @param word lower case, without apostrophes
 */
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const found = porter(irregularForms.get(word) ?? american(word));
  if (stems.size >= maxRemembered) stems.clear();
  stems.set(word, found);
  return found;
}

function american(word: string): string {
  return word
    .replace(/(?<=[a-z]{2})is(e|ed|es|ing|ation|ations)$/, (ending) =>
      keepsS.has(word) ? ending : `iz${ending.slice(2)}`,
    )
    .replace(/(?<=[a-z]{2})our(s|ed|ing|able|ful|ite|ites)?$/, (ending) =>
      keepsOur.test(word) ? ending : `or${ending.slice(3)}`,
    );
}

/** Words in -ise that no American writes with z. */
const keepsS = new Set(
  (
    "advise advised advises advising arise arises arising comprise comprised despise despised despises despising devise devised " +
    "devising disguise disguised exercise exercised exercises exercising otherwise likewise practise practised practising " +
    "praise praised praises praising promise promised promises promising raise raised raises raising rise rises rising " +
    "surprise surprised surprises surprising wise noise noises poise poised precise concise cruise premise premises " +
    "expertise enterprise enterprises paradise franchise supervise supervised televised revise revised revising improvise"
  ).split(" "),
);
const keepsOur = /^(h|f|t|p|y|sc|dev|det|cont|vel|unf|enc?|all)our|^(four|hour|tour|pour|your|court)/;

function porter(word: string): string {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return word;
  let w = plural(word);
  w = pastAndIng(w);
  if (/y$/.test(w) && hasVowel.test(w.slice(0, -1))) w = `${w.slice(0, -1)}i`;
  w = replaceEnding(w, step2);
  w = replaceEnding(w, step3);
  w = dropEnding(w);
  return finalE(w);
}

function plural(w: string): string {
  if (/(ss|i)es$/.test(w)) return w.slice(0, -2);
  return /[^s]s$/.test(w) ? w.slice(0, -1) : w;
}

function pastAndIng(w: string): string {
  if (w.endsWith("eed")) return more1.test(w.slice(0, -3)) ? w.slice(0, -1) : w;
  const ending = /(ed|ing)$/.exec(w);
  if (ending === null) return w;
  const base = w.slice(0, ending.index);
  if (!hasVowel.test(base)) return w;
  if (/(at|bl|iz)$/.test(base)) return `${base}e`;
  if (doubled.test(base)) return base.slice(0, -1);
  return exactly1.test(base) && shortEnding.test(base) ? `${base}e` : base;
}

function replaceEnding(w: string, rules: [string, string][]): string {
  for (const [ending, replacement] of rules) {
    if (!w.endsWith(ending)) continue;
    const base = w.slice(0, -ending.length);
    return more1.test(base) ? base + replacement : w;
  }
  return w;
}

function dropEnding(w: string): string {
  const ending = step4.find((candidate) => w.endsWith(candidate));
  if (ending === undefined) return w;
  const base = w.slice(0, -ending.length);
  if (ending === "ion" && !/[st]$/.test(base)) return w;
  return more2.test(base) ? base : w;
}

function finalE(w: string): string {
  let result = w;
  if (w.endsWith("e")) {
    const base = w.slice(0, -1);
    if (more2.test(base) || (exactly1.test(base) && !shortEnding.test(base))) result = base;
  }
  return result.endsWith("ll") && more2.test(result.slice(0, -1)) ? result.slice(0, -1) : result;
}
