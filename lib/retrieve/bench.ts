import { benchSpans } from "./bench/bench-spans";
import { isCovered, pairFiles, type PairSet, type Question, readPairs } from "./bench/pairs";
import { plainBm25 } from "./bench/plain-bm25";
import { createFaceIndex, type FaceIndex } from "./face-index";
import { lexicalScores } from "./lexical-index";
import { nameStems, type Query, toQuery } from "./query";
import { queryVector } from "./query-vector";
import { abstainBelow, rank } from "./rank";
import type { RetrievedItem } from "./schemas";
import { score } from "./score";

type Face = PairSet & { name: string; index: FaceIndex };
type Method = { name: string; run(face: Face, query: Query, vector: Float32Array | null): RetrievedItem[] };
type Outcome = { rank: number; tokens: number; ms: number; sourceTokens: number };

const served = { k: 10, tokenBudget: 1500 };
/** ten items whatever their score: the order alone is judged */
const everything = { ...served, keepsWeak: true };

const methods: Method[] = [
  { name: "plain BM25", run: ({ index }, query) => rank(index, query, plainBm25(index, query), everything).items },
  {
    name: "BM25 with neighbours",
    run: ({ index }, query) => rank(index, query, lexicalScores(index.lexical, query.terms), everything).items,
  },
  {
    name: "words and signs",
    run: ({ index }, query) => rank(index, query, score(index, query, null), everything).items,
  },
  {
    name: "words and meaning",
    run: ({ index }, query, vector) => rank(index, query, score(index, query, vector), everything).items,
  },
  {
    name: "as served",
    run: ({ index }, query, vector) => rank(index, query, score(index, query, vector), served).items,
  },
];

/**
 * Asks every question of every method and prints one table: `npm run bench:retrieve -- [folder of the texts]`.
 * "As served" abstains and leaves out weak items; the other rows hand out ten, so that their order alone is judged.
 */
async function main(): Promise<void> {
  const folder = process.argv[2] ?? "../shared/data";
  const faces: Face[] = [];
  for (const name of pairFiles) {
    const set = readPairs(name, folder);
    const spans = await benchSpans(name, set.text);
    faces.push({ ...set, name, index: createFaceIndex({ spans, primitives: [] }, nameStems(set.face)) });
  }
  for (const face of faces)
    print(
      `${face.name}: ${face.index.spans.length} spans, ${sourceTokens(face)} tokens, ${face.questions.length} questions, ${face.foreign.length} foreign`,
    );
  print("");
  print(row(["method", "half", "n", "hit@1", "hit@5", "hit@10", "tokens", "of source", "p50 ms", "p95 ms"]));
  for (const method of methods) {
    for (const half of ["tuning", "held out", "held-out follow-ups"] as const) {
      const outcomes = await ask(faces, method, (question) => isIn(half, question));
      print(row([method.name, half, ...summary(outcomes)]));
    }
  }
  print("");
  await abstention(faces);
}

function isIn(half: "tuning" | "held out" | "held-out follow-ups", question: Question): boolean {
  if (half === "tuning") return !question.isHeldOut;
  return question.isHeldOut && (half === "held out" || question.turns.length > 1);
}

async function ask(
  faces: readonly Face[],
  method: Method,
  isAsked: (question: Question) => boolean,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const face of faces) {
    for (const question of face.questions.filter(isAsked)) {
      const query = toQuery(question.turns, face.face);
      const vector = await queryVector(query);
      const started = performance.now();
      const items = method.run(face, toQuery(question.turns, face.face), vector);
      const ms = performance.now() - started;
      const position = items.findIndex((item) => isCovered(item.provenance, question.evidence));
      const tokens = items.reduce((sum, item) => sum + item.tokens, 0);
      outcomes.push({ rank: position < 0 ? Infinity : position, tokens, ms, sourceTokens: sourceTokens(face) });
    }
  }
  return outcomes;
}

function summary(outcomes: readonly Outcome[]): string[] {
  const hit = (k: number) => share(outcomes.filter((outcome) => outcome.rank < k).length, outcomes.length);
  const times = outcomes.map((outcome) => outcome.ms).sort((a, b) => a - b);
  return [
    String(outcomes.length),
    hit(1),
    hit(5),
    hit(10),
    mean(outcomes.map((outcome) => outcome.tokens)).toFixed(0),
    `${(100 * mean(outcomes.map((outcome) => outcome.tokens / outcome.sourceTokens))).toFixed(1)} %`,
    (times[Math.floor(times.length * 0.5)] ?? 0).toFixed(1),
    (times[Math.floor(times.length * 0.95)] ?? 0).toFixed(1),
  ];
}

/** How well the best score tells questions the text answers from questions it does not. */
async function abstention(faces: readonly Face[]): Promise<void> {
  for (const isHeldOut of [false, true]) {
    // how far above its face's threshold each question comes
    const own: number[] = [];
    const foreign: number[] = [];
    for (const face of faces) {
      for (const [list, asked] of [
        [own, face.questions],
        [foreign, face.foreign],
      ] as const) {
        for (const { turns } of asked.filter((one) => one.isHeldOut === isHeldOut)) {
          const query = toQuery(turns, face.face);
          const scores = score(face.index, query, await queryVector(query));
          list.push(
            scores.reduce((best, value) => Math.max(best, value), -Infinity) - abstainBelow(face.index.entries.length),
          );
        }
      }
    }
    const wins = own.flatMap((a) => foreign.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
    const kept = share(own.filter((value) => value >= 0).length, own.length);
    const through = share(foreign.filter((value) => value >= 0).length, foreign.length);
    print(
      `abstaining, ${isHeldOut ? "held out" : "tuning"}: ${kept} of answerable kept, ${through} of foreign let through, AUC ${mean(wins).toFixed(3)}`,
    );
  }
}

function sourceTokens(face: Face): number {
  return face.index.entries.reduce((sum, entry) => sum + entry.tokens, 0);
}

function share(part: number, whole: number): string {
  return (part / Math.max(1, whole)).toFixed(3).replace(/^0/, "");
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function row(cells: readonly string[]): string {
  const widths = [22, 20, 4, 6, 6, 7, 7, 10, 7, 7];
  return cells.map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(" ");
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
