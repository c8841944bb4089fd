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

/** Written with spaces or without, in any case; the strength may be missing. */
const tokenForm = /<\s*(?<kind>faceid|lora)\s*:\s*(?<ref>[^<>:]*?)\s*(?::\s*(?<strength>[^<>:]*?)\s*)?>/gi;
/** What was meant as one, whether it is one or not. */
const meantForm = /<\s*(?:faceid|lora)\b[^<>]{0,60}>?/gi;
const strengthForm = /^[+-]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})$/;
const flagForm = /(?<=^|\s)--(?<name>[a-z][\w-]*)(?:=\S+|\s+[+-]?\d[\d.:]*(?=\s|$))?/gi;
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
const nextWord = /^\s+(?!--)[^\s<]+/;

/** Astria takes more than 1 for LoRAs; more like a person than the person nobody is. */
const strongest = 2;

/**
 * Finds the people in a text, after Astria's grammar: `<(faceid|lora):id-or-name(:strength)?>`, in any case, spaces
 * allowed, several of them, 1 where no strength is said. Nothing is looked up here.
 */
export function readTokens(text: string): ReadTokens {
  const read: ReadTokens = { tokens: [], flags: [], problems: [], notes: [] };
  for (const match of text.matchAll(tokenForm)) {
    const token = toToken(match, read);
    if (token !== null) read.tokens.push(token);
  }
  const taken = [...text.matchAll(tokenForm)].map(({ index }) => index);
  for (const { 0: words, index } of text.matchAll(meantForm)) {
    if (taken.includes(index)) continue;
    read.problems.push(`“${words}” is no person: write <faceid:ID:strength>, such as <faceid:42:1>.`);
  }
  read.flags.push(...findFlags(text));
  return read;
}

function toToken(match: RegExpExecArray, read: ReadTokens): Token | null {
  const { kind = "", ref = "", strength: written } = match.groups ?? {};
  const [words] = match;
  const refuse = (why: string) => {
    read.problems.push(why);
    return null;
  };
  if (/^(?:tune_?id|id)$/i.test(ref)) {
    return refuse(`“${words}” still holds the words of the example: put the tune's number in, such as <faceid:42:1>.`);
  }
  if (ref === "") return refuse(`“${words}” names nobody: put a tune's number in, such as <faceid:42:1>.`);
  const said = written === undefined || written === "" ? "1" : written;
  if (!strengthForm.test(said)) {
    return refuse(`The strength in “${words}” is no number: write one from 0 to 1, such as <faceid:${ref}:0.8>.`);
  }
  const strength = Number(said);
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
