import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Classifier } from "./classifier";
import { contentStems } from "./content-stems";
import { faceNames } from "./face-mention";
import { toFirstPerson } from "./first-person";
import { kinds } from "./grammar";
import { renderAll } from "./render";
import { flaws } from "./render-checks";

const Row = z.object({
  doc: z.string(),
  register: z.string().optional(),
  perspective: z.enum(["first", "third"]),
  face: z.string().nullish(),
  speaker: z.string().nullish(),
  text: z.string(),
  is_statement: z.boolean(),
  predicate: z.string().nullable(),
  polarity: z.string().nullable(),
  strength: z.string().nullable(),
  render: z.string().nullable(),
  also: z.array(z.object({ predicate: z.string(), render: z.string() })).nullish(),
});
type Row = z.infer<typeof Row>;

/** How the rendering of a labelled sentence compares with the one written by hand. */
export type RenderFigures = {
  sentences: number;
  /** Share rendered word for word as by hand. */
  exact: number;
  /** Mean F1 of the content words. */
  f1: number;
  polarity: number;
  strength: number;
  /** Share that pass the checks: whole, at most 24 words, nothing dangling, the polarity right, no word that is not in the source. */
  faithful: number;
  /** Share of the further statements by hand that are found (F1 of at least .5). */
  also: number;
  /** Further statements rendered, for each sentence. */
  extra: number;
};

type Scored = RenderFigures & { file: string; register: string; perspective: string; furtherByHand: number };
type RenderSentence = typeof renderAll;

/**
 * Measures rendering, polarity and strength on the labelled documents, given that a sentence is a statement
 * and of which kind. The model's polarity was fitted on the same files unless it is one that left them out.
 *
 * @returns figures by file, by person and over all
 */
export function measureRendering(
  model: Pick<Classifier, "detectByWords" | "polarity">,
  files: readonly string[] = [..."ABCDE"],
  rendering: RenderSentence = renderAll,
): { name: string; figures: RenderFigures }[] {
  const scored = files.flatMap((file) => scoreFile(file, model, rendering));
  const groups: [string, Scored[]][] = [
    ...files.map((file): [string, Scored[]] => [file, scored.filter((row) => row.file === file)]),
    ["first person", scored.filter(({ perspective }) => perspective === "first")],
    ["third person", scored.filter(({ perspective }) => perspective === "third")],
    ["all", scored],
  ];
  return groups.map(([name, rows]) => ({ name, figures: mean(rows) }));
}

/** The figures as lines of a table. */
export function printRendering(results: { name: string; figures: RenderFigures }[]): string {
  return results
    .map(({ name, figures }) => {
      const cells = Object.entries(figures).map(
        ([key, value]) => `${key} ${key === "sentences" ? value : value.toFixed(3)}`,
      );
      return `${name.padEnd(14)} ${cells.join("  ")}`;
    })
    .join("\n");
}

function scoreFile(
  file: string,
  model: Pick<Classifier, "detectByWords" | "polarity">,
  rendering: RenderSentence,
): Scored[] {
  const path = new URL(`training/data/${file}.jsonl`, import.meta.url);
  const rows = readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => Row.parse(JSON.parse(line)));
  const texts = new Map<string, string>();
  for (const { doc, text } of rows) texts.set(doc, `${texts.get(doc) ?? ""} ${text}`);
  return rows.flatMap((row) =>
    row.is_statement && row.render ? [scoreRow(row, row.render, file, texts.get(row.doc) ?? "", model, rendering)] : [],
  );
}

function scoreRow(
  row: Row,
  wanted: string,
  file: string,
  text: string,
  model: Pick<Classifier, "detectByWords" | "polarity">,
  rendering: RenderSentence,
): Scored {
  const [best, ...further] = rendering(row.text, model.detectByWords, rewriterOf(row, text));
  const statement = best?.statement ?? "";
  const predicate = kinds.find((kind) => kind.predicate === row.predicate)?.predicate ?? "is";
  const isPolarityRight = (model.polarity(statement, predicate) === "neg") === (row.polarity === "not");
  const byHand = (row.also ?? []).map(({ render }) => render);
  const found = byHand.filter((hand) =>
    [statement, ...further.map((entry) => entry.statement)].some((own) => f1(own, hand) >= 0.5),
  );
  return {
    file,
    register: row.register ?? "",
    perspective: row.perspective,
    sentences: 1,
    exact: plain(statement) === plain(wanted) ? 1 : 0,
    f1: f1(statement, wanted),
    polarity: isPolarityRight ? 1 : 0,
    strength: (best?.strength ?? null) === row.strength ? 1 : 0,
    faithful: isPolarityRight && flaws(statement).length === 0 && addsNoWord(statement, row.text) ? 1 : 0,
    also: found.length,
    furtherByHand: byHand.length,
    extra: further.length,
  };
}

function rewriterOf(row: Row, text: string): (clause: string) => string {
  if (row.perspective === "first") return (clause) => clause;
  const name = (row.face ?? "").replace(/\s*\(.*\)/u, "");
  const pronoun = /^(?:he|his|him)$/iu.test(name)
    ? "he"
    : /^(?:she|her)$/iu.test(name)
      ? "she"
      : /^they$/iu.test(name)
        ? "they"
        : null;
  const face = faceNames({ username: "face-1", name: pronoun ? null : name, aliases: [], pronouns: pronoun }, text);
  return (clause) => toFirstPerson(clause, face);
}

const persons = new Set("i i'm i've i'd i'll me my mine myself am have do was were don't haven't wasn't".split(" "));

/** Whether every word stands in the source, but for person and the verb that goes with it. */
function addsNoWord(statement: string, source: string): boolean {
  const there = new Set(wordsOf(source).map(bare));
  return wordsOf(statement).every((word) => persons.has(word) || there.has(bare(word)));
}

function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/[’]/gu, "'")
      .match(/[\p{L}\p{N}']+/gu) ?? []
  );
}

function bare(word: string): string {
  return word
    .replace(/(?:'s|s'|')$/u, "")
    .replace(/ies$/u, "y")
    .replace(/(?<=\p{L}{2})e?s$/u, "")
    .replace(/e$/u, "");
}

function f1(own: string, wanted: string): number {
  const a = new Set(contentStems(own));
  const b = new Set(contentStems(wanted));
  const both = [...a].filter((word) => b.has(word)).length;
  return (2 * both) / Math.max(1, a.size + b.size);
}

function plain(text: string): string {
  return wordsOf(text).join(" ");
}

function mean(rows: Scored[]): RenderFigures {
  const of = (key: keyof RenderFigures): number =>
    rows.reduce((sum, row) => sum + row[key], 0) / Math.max(1, rows.length);
  const byHand = rows.reduce((sum, row) => sum + row.furtherByHand, 0);
  return {
    sentences: rows.length,
    exact: of("exact"),
    f1: of("f1"),
    polarity: of("polarity"),
    strength: of("strength"),
    faithful: of("faithful"),
    also: (of("also") * rows.length) / Math.max(1, byHand),
    extra: of("extra"),
  };
}
