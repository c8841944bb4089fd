import { type About, kin, mentions } from "./face-mention";
import { type FaceNames, namePattern } from "./first-person";

const own = {
  he: ["he", "him", "his", "himself"],
  she: ["she", "her", "hers", "herself"],
  they: ["they", "them", "their", "theirs", "themselves"],
};
const others = {
  he: ["she", "her", "hers", "herself"],
  she: ["he", "him", "his", "himself"],
  they: ["he", "she", "him", "her", "his", "hers"],
};
/** Words that say how a sentence is built; all others count only by their form. */
const builders = new Set(
  "a an the this that these those and or but so yet if when while after before since until because as than to of in on at by for from with without about who whom whose which what where how why is was are were be been being am has had have does did do will would can could may might must should not no never always nothing nobody everyone people one my i me we our us you your it its they their them there here said says told tells asked according like all each every other others another own both only even still then now".split(
    " ",
  ),
);
const kinWord = new RegExp(`^(?:${kin})$`, "iu");

/** The sentence in signs: who is who, which words build it, and the form of the rest. */
function signs(sentence: string, { names, pronoun }: FaceNames): string[] {
  const marked =
    names.length > 0
      ? sentence.replace(
          new RegExp(`(?<!\\p{L})(?:${namePattern(names)})(?:\\s+(?:${namePattern(names)}))*(?!\\p{L})`, "gu"),
          " ¤face ",
        )
      : sentence;
  const words = marked.match(/¤face|[\p{L}]+(?:[’'-]\p{L}+)*|["“”,;:.?!—]/gu) ?? [];
  const [mine, theirs] = pronoun ? [own[pronoun], others[pronoun]] : [[...own.he, ...own.she], []];
  return words.map((word, index) =>
    signOf(word, index === 0 || /^["“.!?]$/u.test(words[index - 1] ?? ""), mine, theirs),
  );
}

function signOf(word: string, opens: boolean, mine: string[], theirs: string[]): string {
  const lower = word.toLowerCase().replace(/[’']/gu, "'");
  const bare = lower.replace(/'.*$/u, "");
  if (word === "¤face") return "FACE";
  const own_ = mine.indexOf(bare);
  if (own_ >= 0) return ["HE", "HIM", "HIS", "HIMSELF"][own_] ?? "HIS";
  if (theirs.includes(bare)) return "OTHER";
  if (builders.has(bare)) return bare;
  if (kinWord.test(bare)) return "KIN";
  if (/^\p{Lu}/u.test(word) && !opens) return "NAME";
  if (/^["“”]$/u.test(word)) return '"';
  if (!/^\p{L}/u.test(word)) return word;
  const ending = /(?:ing|ed|ly|s)$/u.exec(bare)?.[0] ?? "";
  return opens && /^\p{Lu}/u.test(word) ? `Word${ending}` : `word${ending}`;
}

const persons = new Set(["FACE", "HE", "HIM", "HIS", "OTHER", "KIN", "NAME", "i", "my", "we"]);

/**
 * What the model of `about` counts, for each sentence of a paragraph: its signs in ones to threes, how it
 * begins, in which order persons come, what the rule says of it and of those before.
 */
export function aboutTerms(sentences: string[], face: FaceNames): string[][] {
  const rule = mentions(sentences, face);
  const all = sentences.map((sentence) => signs(sentence, face));
  let sinceFace = 9;
  return all.map((words, index) => {
    const order = [...new Set(words.filter((word) => persons.has(word)))];
    const terms = new Set<string>([
      `rule ${rule[index] ?? ""}`,
      `order ${order.slice(0, 3).join("<")}`,
      `first ${order[0] ?? "nobody"}`,
      `since ${sinceFace}`,
    ]);
    for (const person of order) terms.add(`has ${person}`);
    terms.add(`rule ${rule[index] ?? ""} after ${before(rule, index)}`);
    terms.add(`first ${order[0] ?? "nobody"} after ${before(rule, index)}`);
    terms.add(`first ${order[0] ?? "nobody"} rule ${rule[index] ?? ""}`);
    const previous = all[index - 1] ?? [];
    terms.add(
      `before ${[...new Set(previous.filter((word) => persons.has(word)))].slice(0, 2).join("<")} now ${order[0] ?? "nobody"}`,
    );
    for (let length = 1; length <= 4; length += 1) terms.add(`^ ${words.slice(0, length).join(" ")}`);
    for (let at = 0; at < words.length; at += 1) {
      for (let length = 1; length <= 3 && at + length <= words.length; length += 1)
        terms.add(words.slice(at, at + length).join(" "));
    }
    sinceFace = order.includes("FACE") ? 0 : Math.min(9, sinceFace + 1);
    return [...terms];
  });
}

function before(rule: About[], index: number): string {
  return index === 0 ? "nothing" : (rule[index - 1] ?? "nothing");
}
