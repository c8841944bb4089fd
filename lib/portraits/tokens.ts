/** Why nothing is made of a flag. */
export const unknownFlag = "Flags are not known here.";

/** A `<faceid:ID:strength>` or `<lora:…>` as it stands in a text. */
export type Token = {
  kind: "faceid" | "lora";
  /** a tune's number, or a name */
  ref: string;
  /** 0 to 1 for `faceid`; whatever was written for `lora` */
  strength: number;
  /** in UTF-16 units of the text */
  start: number;
  end: number;
};

export type ReadTokens = {
  tokens: Token[];
  /** flags as they stand there with what belongs to them, such as `--mask_prompt clothes`: nothing is made of them */
  flags: { words: string; start: number; end: number }[];
  /** why the text cannot be taken as it is, in sentences */
  problems: string[];
  /** what was read otherwise than it was written */
  notes: string[];
};

/**
 * What was meant as a person, whether it is one or not: with spaces or without, in any case. Bounded, so that no text
 * takes longer than its length.
 */
const meantForm = /<\s{0,8}(?<kind>faceid|lora)\b(?<rest>[^<>]{0,200})(?<end>>?)/gi;
const strengthForm = /^[+-]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})$/;
const flagForm = /(?<=^|\s)--(?<name>[a-z][\w-]*)(?:=\S+|\s{1,8}[+-]?\d[\d.:]{0,20}(?=\s|$))?/gi;
/** Of Astria's flags, those that are followed by a word of their own. */
const wordyFlags = new Set([
  "mask_prompt",
  "mask_negative",
  "hires_cfg_scale",
  "upscaler",
  "fill",
  "sampler",
  "scheduler",
]);
const nextWord = /^\s{1,8}(?!--)[^\s<]{1,60}/u;

/** Astria takes more than 1 for LoRAs; more like a person than the person nobody is. */
const strongest = 2;

/**
 * Finds the people in a text, after Astria's grammar: `<(faceid|lora):id-or-name(:strength)?>`, in any case, spaces
 * allowed, several of them, 1 where no strength is said. Nothing is looked up here.
 */
export function readTokens(text: string): ReadTokens {
  const read: ReadTokens = { tokens: [], flags: findFlags(text), problems: [], notes: [] };
  for (const match of text.matchAll(meantForm)) {
    const token = toToken(match, read);
    if (token !== null) read.tokens.push(token);
  }
  return read;
}

function toToken(match: RegExpExecArray, read: ReadTokens): Token | null {
  const { kind = "", rest = "", end } = match.groups ?? {};
  const [words] = match;
  const [before, ref = "", said, ...more] = rest.split(":").map((part) => part.trim());
  const refuse = (why: string) => {
    read.problems.push(why);
    return null;
  };
  if (before !== "" || end !== ">" || more.length > 0) {
    return refuse(`“${words}” is no person: write <faceid:ID:strength>, such as <faceid:42:1>.`);
  }
  if (/^(?:tune_?id|id)$/i.test(ref)) {
    return refuse(`“${words}” still holds the words of the example: put the tune's number in, such as <faceid:42:1>.`);
  }
  if (ref === "") return refuse(`“${words}” names nobody: put a tune's number in, such as <faceid:42:1>.`);
  const written = said || "1";
  if (!strengthForm.test(written)) {
    return refuse(`The strength in “${words}” is no number: write one from 0 to 1, such as <faceid:${ref}:0.8>.`);
  }
  const strength = Number(written);
  const place = { start: match.index, end: match.index + words.length };
  if (kind.toLowerCase() === "lora") return { kind: "lora", ref, strength, ...place };
  if (strength < 0 || strength > strongest) {
    return refuse(`The strength in “${words}” is out of range: write a number from 0 to 1.`);
  }
  if (strength > 1) read.notes.push(`The strength in “${words}” was taken as 1, the most there is.`);
  return { kind: "faceid", ref, strength: Math.min(1, strength), ...place };
}

function findFlags(text: string): ReadTokens["flags"] {
  return [...text.matchAll(flagForm)].map((match) => {
    const [words] = match;
    const start = match.index;
    const isBare = /^--[\w-]+$/.test(words);
    const word =
      isBare && wordyFlags.has(words.slice(2).toLowerCase()) ? nextWord.exec(text.slice(start + words.length)) : null;
    const end = start + words.length + (word?.[0].length ?? 0);
    return { words: text.slice(start, end), start, end };
  });
}

/**
 * The text for an engine: each token becomes what `nameOf` says, flags are gone.
 *
 * @param nameOf `{1}`, `{2}` … for people; null leaves the token as it stands
 */
export function replaceTokens(
  text: string,
  { tokens, flags }: ReadTokens,
  nameOf: (token: Token) => string | null,
): string {
  const cuts = [
    ...tokens.map((token) => ({ ...token, by: nameOf(token) ?? text.slice(token.start, token.end) })),
    ...flags.map((flag) => ({ ...flag, by: "" })),
  ].toSorted((one, other) => one.start - other.start);
  let result = "";
  let at = 0;
  for (const { start, end, by } of cuts) {
    // a flag's value that holds a token goes with the flag
    if (start < at) continue;
    // what looks like a person of ours but was written so is none
    result += plain(text.slice(at, start)) + by;
    at = end;
  }
  return (result + plain(text.slice(at))).replaceAll(/[^\S\n]{2,}/g, " ").trim();
}

function plain(text: string): string {
  return text.replaceAll(/\{(\d+)\}/g, "($1)");
}
