import nlp from "compromise";

/** How the text around a name, or its title, tells what it is. */
export type NameUse = { name: string; isTitled: boolean; isPlaceLike: boolean; isPersonLike: boolean };

const title =
  "Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Lord|Captain|Colonel|Professor|Prof|Governor|President|Uncle|Aunt|Father|Mother|Sister|Brother|Rev|Reverend|St";
const capital = String.raw`\p{Lu}\p{L}+(?:['’-]\p{L}+)*`;
const nameForm = new RegExp(
  String.raw`(?<![\p{L}'’])(?:(?<title>${title})\.?\s+)?(?<name>${capital}(?:\s+(?:(?:of|de|von|van|du|la|le)\s+)?${capital})*)`,
  "gu",
);
const possessive = /['’]s$/u;
const placeBefore = /\b(?:in|at|from|near|through|reached|visit(?:ed)?|left|around|towards?|across)\s+(?:the\s+)?$/iu;
const personBefore =
  /\b(?:with|friend|brother|sister|uncle|aunt|cousin|wife|husband|son|daughter|master|partner|colleague|named|called|met|told|asked|married|by)\s+$/iu;
const personAfter = /^(?:['’]s\b|,? (?:said|says|told|was|is|and I|who|whom|has|had)\b)/u;
/** Capitalised words that name nobody and no place. */
const noName =
  /^(?:I|God|Lord|Heaven|Christmas|Easter|Sundays?|Mondays?|Tuesdays?|Wednesdays?|Thursdays?|Fridays?|Saturdays?|January|February|March|April|May|June|July|August|September|October|November|December|English|French|German|Latin|Greek|Spanish|Italian|Dutch|OK|TV|PDF|CEO)(?:['’].*)?$/u;

/**
 * The names in a sentence. Its first word is capitalised whatever it is: it counts only under a title or when the
 * lexicon knows it.
 */
export function nameUses(sentence: string): NameUse[] {
  if (!/\p{Lu}/u.test(sentence.slice(1))) return [];
  return [...sentence.matchAll(nameForm)].flatMap((match) => {
    const whole = (match.groups?.["name"] ?? "").replace(possessive, "");
    const isTitled = match.groups?.["title"] !== undefined;
    const words = whole.split(/\s+/u);
    const isFirst = match.index === 0 && !isTitled;
    const name = (isFirst && words.length > 1 && !isKnown(words[0] ?? "") ? words.slice(1) : words).join(" ");
    if (name.length < 2 || noName.test(name) || (isFirst && words.length === 1 && !isKnown(name))) return [];
    const before = sentence.slice(0, match.index);
    const after = sentence.slice(match.index + match[0].length - (possessive.test(match[0]) ? 2 : 0));
    return {
      name,
      isTitled,
      isPlaceLike: placeBefore.test(before),
      isPersonLike: personBefore.test(before) || personAfter.test(after),
    };
  });
}

const known = new Map<string, "person" | "place" | null>();
/** A thread lives long and reads many faces. */
const maxKnown = 20_000;

/** What the lexicon takes a name for by itself. */
export function lexiconKind(name: string): "person" | "place" | null {
  const held = known.get(name);
  if (held !== undefined) return held;
  const terms = nlp(name).terms().json() as { terms: { tags: string[] }[] }[];
  const tags = new Set(terms.flatMap((each) => each.terms.flatMap((term) => term.tags)));
  const kind = tags.has("Person") ? "person" : tags.has("Place") ? "place" : null;
  if (known.size >= maxKnown) known.clear();
  known.set(name, kind);
  return kind;
}

function isKnown(name: string): boolean {
  return lexiconKind(name) !== null;
}

const nouns = new Map<string, boolean>();

/** Whether a word by itself, or the last of several behind an article, is a noun. */
export function isNoun(words: string): boolean {
  const held = nouns.get(words);
  if (held !== undefined) return held;
  const terms = nlp(words.includes(" ") ? `the ${words}` : words)
    .terms()
    .json() as { terms: { tags: string[] }[] }[];
  const tags = terms.at(-1)?.terms[0]?.tags ?? [];
  if (nouns.size >= maxKnown) nouns.clear();
  // who speaks of themselves "trains" nothing: it is the plural
  const isPlural = tags.includes("PresentTense") && words.endsWith("s");
  const is = (tags.includes("Noun") && !tags.includes("Pronoun")) || isPlural;
  nouns.set(words, is);
  return is;
}
