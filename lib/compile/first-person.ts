import nlp from "compromise/two";

/** How a text names the face: words such as "Marit", "Oyelaran", and its pronouns. */
export type FaceNames = { names: string[]; pronoun: "he" | "she" | "they" | null };

const forms = {
  he: { subject: "he", object: "him", possessive: "his", possessiveAlone: "his", reflexive: "himself" },
  she: { subject: "she", object: "her", possessive: "her", possessiveAlone: "hers", reflexive: "herself" },
  they: { subject: "they", object: "them", possessive: "their", possessiveAlone: "theirs", reflexive: "themselves" },
} as const;

const auxiliaries: Record<string, string> = {
  is: "am",
  "isn't": "am not",
  has: "have",
  "hasn't": "haven't",
  does: "do",
  "doesn't": "don't",
  were: "was",
  "weren't": "wasn't",
  are: "am",
  "aren't": "am not",
};
/** Words that end in s and are no verb in the third person. */
const notVerbs = new Set(
  "always sometimes perhaps nevertheless besides thus this his its us is was has does less unless as yes afterwards towards across nowadays themselves ours yours james".split(
    " ",
  ),
);
const adverb = String.raw`(?:(?:also|always|never|often|still|then|now|rarely|seldom|usually|sometimes|only|just|even|ever|himself|herself|almost|already|\p{L}+ly)\s+)`;
const title = String.raw`(?:the )?(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Revd?|Sir|Dame|Lady|Captain|Judge)\.?\s+`;
const prepositions = new Set(
  "to of for with by from at on in about against like than behind beside between around near without after before under over told asked gave made make makes let lets see saw call calls called tell tells".split(
    " ",
  ),
);

/** The sort of sentence a face's name has to be matched in, longest first. */
export function namePattern(names: string[]): string {
  return [...names]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&"))
    .join("|");
}

/**
 * Rewrites a sentence about the face as the face would say it: name and pronouns become I, me, my,
 * and the verb after a new "I" agrees with it.
 *
 * @param sentence one line, about the face (see `face-mention.ts`)
 */
export function toFirstPerson(sentence: string, face: FaceNames): string {
  // What is quoted at some length is said by somebody already, the face or another: its "I" and "he" stay.
  const rewritten = sentence
    .split(/(["“][^"“”]*\s[^"“”]*\s[^"“”]*["”])/u)
    .map((part, index) => (index % 2 === 1 ? part : rewrite(part, face)))
    .join("");
  return capital(withEqualVerbs(rewritten));
}

function rewrite(sentence: string, { names, pronoun }: FaceNames): string {
  let text = sentence;
  if (names.length > 0) {
    const name = `(?:${title})?(?:${namePattern(names)})`;
    text = text
      .replace(
        new RegExp(
          String.raw`(?<![\p{L}])${name}(?:\s+${name})*['’]s?(?![\p{L}])(?!\s+(?:a|an|the|been|not|always|never)\b)`,
          "gu",
        ),
        "my",
      )
      .replace(
        new RegExp(String.raw`(?<![\p{L}])${name}(?:\s+${name})*(?![\p{L}])`, "gu"),
        (_found, at: number, whole: string) => (isObject(whole, at) ? "me" : "I"),
      );
  }
  if (pronoun) text = replacePronouns(text, forms[pronoun]);
  text = text.replace(/\bI['’]s\b/gu, "I'm");
  text = text.replace(
    new RegExp(String.raw`\bI\s+(${adverb}{0,2})([\p{L}'’]+)`, "gu"),
    (_match, between: string, verb: string) => `I ${between}${agree(verb)}`,
  );
  text = text.replace(/\b(am|have|do|was) (?:he|she|they)\b/gu, "$1 I");
  return text.replace(/(^|[.!?]\s+)(me|my)\b/gu, (_match, lead: string, word: string) => lead + capital(word));
}

/** "I go grey and stops eating": the further verbs of "I" follow the first. */
function withEqualVerbs(text: string): string {
  if (!/\bI\b[^.;:]*\b(?:and|but|or|then)\s+(?:\p{L}+ly |never |always |then |also )?\p{L}+s\b/u.test(text))
    return text;
  return text.replace(
    /\b(and|but|or|then)(\s+(?:\p{L}+ly |never |always |then |also )?)(\p{Ll}+s)\b(?=\s+(\p{L}+)|[,.;]|$)/gu,
    (whole: string, link: string, between: string, verb: string, next: string | undefined, at: number) => {
      const before = text.slice(0, at);
      const subject = /.*\b(I|he|she|it|they|who|which|that|there|people|nobody|everyone)\b/iu.exec(before)?.[1];
      return subject === "I" && isVerb(verb, next) ? `${link}${between}${agree(verb)}` : whole;
    },
  );
}

/** Whether a word in -s is a verb here: by its class, and by what may follow an object or nothing. */
function isVerb(word: string, next: string | undefined): boolean {
  if (auxiliaries[word] && word !== "were" && word !== "was") return true;
  if (next && /^(?:of|and|or|are|were|have)$/u.test(next)) return false;
  const [term] = nlp(`she ${word} ${next ?? ""}`.trim()).docs[0]?.slice(1) ?? [];
  const [alone] = nlp(word).docs[0] ?? [];
  return (
    (term?.tags?.has("Verb") ?? false) &&
    (!(alone?.tags?.has("Plural") ?? false) ||
      /^(?:the|a|an|my|to|it|them|him|her|up|out|me|no|every|what|with)$/u.test(next ?? ""))
  );
}

function replacePronouns(text: string, form: (typeof forms)[keyof typeof forms]): string {
  const word = (form_: string): RegExp => new RegExp(String.raw`(?<![\p{L}])${form_}(?![\p{L}])`, "giu");
  let out = text.replace(word(form.subject), "I").replace(word(form.reflexive), "myself");
  if (form.possessiveAlone !== form.possessive) out = out.replace(word(form.possessiveAlone), "mine");
  if (form.object !== form.possessive) return out.replace(word(form.object), "me").replace(word(form.possessive), "my");
  // "her" before a noun is "my", elsewhere "me".
  return out
    .replace(
      /\bher\b(?=\s+(?!and\b|or\b|to\b|in\b|on\b|at\b|with\b|for\b|from\b|as\b|that\b|when\b|if\b|because\b|by\b|but\b|a\b|an\b|the\b|it\b|who\b|out\b|up\b|down\b|away\b|into\b|anything\b|everything\b|nothing\b|something\b|she\b|he\b|I\b)\p{L})/giu,
      "my",
    )
    .replace(/\bher\b/giu, "me");
}

function isObject(whole: string, at: number): boolean {
  const before = /(\p{L}+)\s+$/u.exec(whole.slice(Math.max(0, at - 24), at))?.[1];
  return before !== undefined && prepositions.has(before.toLowerCase());
}

/** The form of a third-person verb that goes with "I". */
function agree(verb: string): string {
  const plain = verb.replace(/’/gu, "'");
  const auxiliary = auxiliaries[plain];
  if (auxiliary) return auxiliary;
  if (!/^[a-z-]+s$/u.test(plain) || notVerbs.has(plain) || /(?:ss|us|is)$/u.test(plain)) return verb;
  if (/[^aeiou]ies$/u.test(plain)) return plain.length > 4 ? `${plain.slice(0, -3)}y` : plain.slice(0, -1);
  if (/(?:ch|sh|x|ss|zz|o)es$/u.test(plain)) return plain.slice(0, -2);
  return plain.slice(0, -1);
}

function capital(text: string): string {
  return text.replace(/^["“'‘(]*\p{Ll}/u, (lead) => lead.toUpperCase());
}
