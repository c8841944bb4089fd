import { readFileSync } from "node:fs";
import { z } from "zod";
import { type About, faceNames } from "../face-mention";
import { type FaceNames, toFirstPerson } from "../first-person";
import { kinds, type Predicate } from "../grammar";

const Row = z.object({
  doc: z.string().optional(),
  source: z.string().optional(),
  register: z.string().optional(),
  speaker: z.string().nullish(),
  about: z.enum(["face", "other", "none"]).nullish(),
  face: z.string().nullish(),
  perspective: z.enum(["first", "third"]),
  text: z.string(),
  is_statement: z.boolean(),
  predicate: z.string().nullable(),
  polarity: z.string().nullable(),
  render: z.string().nullish(),
  also: z.array(z.object({ predicate: z.string(), render: z.string().optional() })).nullish(),
});
type Row = z.infer<typeof Row>;

/** One labelled sentence, or one reworded statement out of it. */
export type Example = {
  file: string;
  document: string;
  /** In the first person, one line. */
  sentence: string;
  isStatement: boolean;
  predicate: Predicate | null;
  isNegative: boolean | null;
  /** A rendering by hand: teaches kinds, not detection. */
  isRendering: boolean;
  isThirdPerson: boolean;
  register: string;
  /** As the text has it, one line. */
  text: string;
  /** Whom a sentence in the third person is about; null where nobody said. */
  about: About | null;
  /** How the text names the face; null in the first person. */
  face: FaceNames | null;
};

const names = new Set<string>(kinds.map(({ predicate }) => predicate));

/** Reads a labelled file; third-person sentences are rewritten as the engine would. */
export function readExamples(path: string | URL, file: string): Example[] {
  const rows = readFileSync(path, "utf8").trim().split("\n").map((line) => Row.parse(JSON.parse(line)));
  const texts = new Map<string, string>();
  for (const row of rows) texts.set(documentOf(row), `${texts.get(documentOf(row)) ?? ""} ${row.text}`);
  return rows
    .filter((row) => !/^(?:host|interviewer)$/iu.test(row.speaker ?? ""))
    .flatMap((row) => examplesOf(row, file, texts.get(documentOf(row)) ?? row.text));
}

function examplesOf(row: Row, file: string, text: string): Example[] {
  const isThirdPerson = row.perspective === "third";
  const face = isThirdPerson ? namesOf(row, text) : null;
  const own: Example = {
    file,
    document: documentOf(row),
    sentence: (face ? toFirstPerson(row.text, face) : row.text).replace(/\s+/gu, " ").trim(),
    isStatement: row.is_statement,
    predicate: predicateOf(row.predicate),
    // The prototypes were never marked for polarity: all say "is".
    isNegative: row.polarity === null || file === "prototypes" ? null : row.polarity === "not",
    isRendering: false,
    isThirdPerson,
    register: row.register ?? "",
    text: row.text.replace(/\s+/gu, " ").trim(),
    about: row.about ?? null,
    face,
  };
  const rendered = row.is_statement && row.render && row.render !== own.sentence ? [{ ...own, sentence: row.render, isRendering: true }] : [];
  const further = (row.also ?? []).flatMap(({ predicate: name, render }) => {
    const predicate = predicateOf(name);
    return predicate && render ? [{ ...own, sentence: render, predicate, isNegative: null, isRendering: true }] : [];
  });
  return [own, ...rendered, ...further];
}

function namesOf(row: Row, text: string): FaceNames {
  const name = (row.face ?? "").replace(/\s*\(.*\)/u, "");
  const isPronoun = /^(?:he|she|they|his|her|him)$/iu.test(name);
  const pronouns = !isPronoun ? null : /^(?:he|his|him)$/iu.test(name) ? "he" : /^they$/iu.test(name) ? "they" : "she";
  const face = faceNames({ username: "face-1", name: isPronoun || name === "" ? null : name, aliases: [], pronouns }, text);
  const pronoun = face.pronoun ?? (/\b(?:she|her)\b/iu.test(row.text) ? "she" : /\b(?:he|his|him)\b/iu.test(row.text) ? "he" : null);
  return { ...face, pronoun };
}

/** The predicate of a label, which may be written with its component: `beta.likes`. */
function predicateOf(label: string | null): Predicate | null {
  const name = label?.split(".").at(-1) ?? "";
  return names.has(name) ? (name as Predicate) : null;
}

function documentOf(row: Row): string {
  return row.doc ?? row.source ?? "";
}
