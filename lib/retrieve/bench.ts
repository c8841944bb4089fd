import { benchRows } from "./bench/bench-rows";
import { areaUnderCurve, type Outcome, rankOf, share, summary } from "./bench/measure";
import { afterAnotherTopic, type Asking, type PairSet, type Question, readPairSets } from "./bench/pairs";
import { plainBm25 } from "./bench/plain-bm25";
import { recipeScores } from "./bench/recipe";
import { writeMeans } from "./bench/means";
import { measureScale } from "./bench/scale";
import { createFaceIndex, type FaceIndex } from "./face-index";
import type { FaceRows } from "./face-rows";
import { lexicalScores } from "./lexical-index";
import { nameStems, type Query, toQuery } from "./query";
import { queryVector } from "./query-vector";
import { certainty, rank } from "./rank";
import type { RetrievedItem } from "./schemas";
import { score } from "./score";

/** `index` holds what was compiled, `bare` the spans alone. */
type Face = PairSet & { index: FaceIndex; bare: FaceIndex; sourceTokens: number };
type Method = { name: string; run(face: Face, query: Query, vector: Float32Array | null): RetrievedItem[] };

const served = { k: 10, tokenBudget: 1500 };
/** ten items whatever their score: the order alone is judged */
const everything = { ...served, keepsWeak: true };
const rankSpans = ({ bare }: Face, query: Query, values: Float32Array) =>
  rank(bare, query, { values, words: 0, isKindFound: false, isByWordsAlone: true }, everything).items;

const methods: Method[] = [
  { name: "plain BM25", run: (face, query) => rankSpans(face, query, plainBm25(face.bare, query)) },
  {
    name: "BM25 with neighbours",
    run: (face, query) => rankSpans(face, query, lexicalScores(face.bare.lexical, query.terms)),
  },
  { name: "recipe", run: (face, query, vector) => rankSpans(face, query, recipeScores(face.bare, query, vector)) },
  { name: "spans", run: (face, query, vector) => rankSpans(face, query, score(face.bare, query, vector).values) },
  {
    name: "spans + graph, words",
    run: ({ index }, query) => rank(index, query, score(index, query, null), everything).items,
  },
  {
    name: "spans + graph",
    run: ({ index }, query, vector) => rank(index, query, score(index, query, vector), everything).items,
  },
  {
    name: "as served",
    run: ({ index }, query, vector) => rank(index, query, score(index, query, vector), served).items,
  },
];

/**
 * Asks every question of every method and prints one table: `npm run bench:retrieve -- [folder of the texts]`.
 * With `--scale` it measures large faces instead; with `--means` it makes means.json anew.
 *
 * "As served" abstains and leaves out weak items; the other rows hand out ten, so that their order alone is judged.
 */
async function main(): Promise<void> {
  const faces: Face[] = [];
  for (const set of readPairSets(folder)) faces.push(await toFace(set));
  for (const { name, bare, index, sourceTokens, questions, others, foreign } of faces)
    print(
      `${name}: ${bare.spans.length} spans, ${index.primitives.length} primitives, ${sourceTokens} tokens; ` +
        `${questions.length} questions, ${others.length} of others' doings, ${foreign.length} foreign`,
    );
  print(`${faces.reduce((sum, face) => sum + face.questions.length, 0)} questions in all, every second one held out\n`);
  printRow(["method", "set", "half", "n", "hit@1", "hit@5", "hit@10", "tokens", "of source", "p50 ms", "p95 ms"]);
  for (const method of methods) {
    const outcomes = await ask(faces, method);
    for (const [set, isIn] of parts(faces)) {
      for (const isHeldOut of [false, true]) {
        const chosen = outcomes.filter(
          ({ face, question }) => isIn(face, question) && question.isHeldOut === isHeldOut,
        );
        if (chosen.length > 0) printRow([method.name, set, half(isHeldOut), ...summary(chosen)]);
      }
    }
  }
  const turned = faces.map((face) => ({ ...face, questions: afterAnotherTopic(face) }));
  for (const method of methods.filter(({ name }) => name === "recipe" || name === "spans + graph")) {
    const outcomes = await ask(turned, method);
    for (const isHeldOut of [false, true]) {
      const chosen = outcomes.filter(({ question }) => question.isHeldOut === isHeldOut);
      printRow([method.name, "a new topic", half(isHeldOut), ...summary(chosen)]);
    }
  }
  print("");
  await abstention(faces);
}

async function means(): Promise<void> {
  const faces: (PairSet & { rows: FaceRows })[] = [];
  for (const set of readPairSets(folder)) faces.push({ ...set, rows: await benchRows(set) });
  await writeMeans(faces);
}

async function toFace(set: PairSet): Promise<Face> {
  const rows = await benchRows(set);
  const dropped = nameStems(set.face);
  const bare = createFaceIndex({ spans: rows.spans, primitives: [] }, dropped);
  const sourceTokens = bare.entries.reduce((sum, entry) => sum + entry.tokens, 0);
  return { ...set, bare, index: createFaceIndex(rows, dropped), sourceTokens };
}

/** The rows of the table: each group of sets, all of them, and kinds of questions over all. */
function parts(faces: readonly Face[]): [string, (face: Face, question: Question) => boolean][] {
  const groups = [...new Set(faces.map(({ group }) => group))];
  return [
    ...groups.map((group): [string, (face: Face) => boolean] => [group, (face) => face.group === group]),
    ["all", () => true],
    ["no shared word", (face, question) => !sharesWords(face, question)],
    ["several needed", (_face, { kind }) => kind === "multi"],
    ["when", (_face, { kind }) => kind === "time"],
    ["follow-up", (_face, { kind }) => kind === "follow-up"],
  ];
}

/** Whether the last line shares a stem with any span that holds evidence. */
function sharesWords({ bare, face }: Face, { turns, evidence }: Question): boolean {
  const { terms } = toQuery(turns.slice(-1), face);
  return bare.spans.some(
    ({ start, end }, at) =>
      evidence.some((quote) => start < quote.end && end > quote.start) &&
      bare.entries[at]?.terms.some((term) => terms.has(term)),
  );
}

async function ask(faces: readonly Face[], method: Method): Promise<(Outcome & { face: Face })[]> {
  const outcomes: (Outcome & { face: Face })[] = [];
  for (const face of faces) {
    for (const question of face.questions) {
      const vector = await queryVector(toQuery(question.turns, face.face));
      const started = performance.now();
      const items = method.run(face, toQuery(question.turns, face.face), vector);
      const ms = performance.now() - started;
      const tokens = items.reduce((sum, item) => sum + item.tokens, 0);
      outcomes.push({ face, question, rank: rankOf(items, question), tokens, ms, sourceTokens: face.sourceTokens });
    }
  }
  return outcomes;
}

/** How well the best score tells questions that the text answers from questions that it does not. */
async function abstention(faces: readonly Face[]): Promise<void> {
  printRow(["abstaining", "set", "half", "own", "others'", "foreign", "kept", "others' in", "foreign in", "AUC", ""]);
  const groups = [...new Set(faces.map(({ group }) => group))];
  for (const set of [...groups, "all"]) {
    for (const isHeldOut of [false, true]) {
      const chosen = faces.filter(({ group }) => set === "all" || group === set);
      const margins = (list: (face: Face) => readonly Asking[]) => marginsOf(chosen, list, isHeldOut);
      const own = await margins(({ questions }) => questions);
      const others = await margins((face) => face.others);
      const foreign = await margins((face) => face.foreign);
      const through = (list: readonly number[]) => share(list.filter((value) => value >= 0).length, list.length);
      const counts = [own, others, foreign].map((list) => String(list.length));
      const auc = areaUnderCurve(own, foreign).toFixed(3);
      printRow(["", set, half(isHeldOut), ...counts, through(own), through(others), through(foreign), auc, ""]);
    }
  }
}

/** How sure it is of each question that the face has said something about it. */
async function marginsOf(
  faces: readonly Face[],
  list: (face: Face) => readonly Asking[],
  isHeldOut: boolean,
): Promise<number[]> {
  const margins: number[] = [];
  for (const face of faces) {
    for (const { turns } of list(face).filter((one) => one.isHeldOut === isHeldOut)) {
      const query = toQuery(turns, face.face);
      const { values, ...rest } = score(face.index, query, await queryVector(query));
      const best = face.index.entries.reduce(
        (highest, { isUsable }, at) => (isUsable ? Math.max(highest, values[at] ?? 0) : highest),
        -Infinity,
      );
      margins.push(rest.isKindFound ? Infinity : certainty(best, rest, face.index.entries.length));
    }
  }
  return margins;
}

function half(isHeldOut: boolean): string {
  return isHeldOut ? "held out" : "tuning";
}

function printRow(cells: readonly string[]): void {
  const widths = [21, 15, 9, 5, 7, 8, 7, 11, 11, 7, 7];
  print(cells.map((cell, at) => (at < 3 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(" "));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const folder = process.argv.slice(2).find((each) => !each.startsWith("--")) ?? "../shared/data";
if (process.argv.includes("--scale")) await measureScale(print);
else if (process.argv.includes("--means")) await means();
else await main();
