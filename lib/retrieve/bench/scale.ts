import { centredCosines } from "@/lib/models/vector-matrix";
import { packVector, unpackVector, vectorDimensions } from "@/lib/models/vector";
import { seededRandom } from "@/lib/seeded-random";
import { centredQuery, sentenceCentre } from "../centre";
import { createFaceIndex } from "../face-index";
import type { FaceRows, PrimitiveRow, SpanRow } from "../face-rows";
import { toQuery } from "../query";
import { queryVector } from "../query-vector";
import { rank } from "../rank";
import { score } from "../score";
import { mean, quantile } from "./measure";

const face = { username: "scale", name: null, aliases: [] };
const vocabulary = 20_000;
const queries = 60;
/** Searches before the first that counts: a face that is talked to has been searched before. */
const warmUp = 20;
const topK = 10;

/**
 * Measures large faces, made up: time and memory of an index, time of a search, and how many of the ten nearest
 * statements by exact products of floats are among the ten found.
 */
export async function measureScale(print: (line: string) => void): Promise<void> {
  for (const [spans, primitives] of [
    [0, 10_000],
    [10_000, 10_000],
    [40_000, 10_000],
  ] as const) {
    const made = madeRows(spans, primitives);
    globalThis.gc?.();
    const before = process.memoryUsage();
    const started = performance.now();
    const index = createFaceIndex(made.rows, new Set());
    const buildMs = performance.now() - started;
    globalThis.gc?.();
    const after = process.memoryUsage();
    const times: number[] = [];
    let cpu = 0;
    for (let at = -warmUp; at < queries; at += 1) {
      const query = toQuery([{ role: "user", text: `${wordsOf(Math.abs(at) * 7919, 6)}?` }], face);
      const vector = made.near(Math.abs(at));
      const [from, cpuFrom] = [performance.now(), cpuMs()];
      rank(index, query, score(index, query, vector), { k: topK, tokenBudget: 1500 });
      if (at < 0) continue;
      times.push(performance.now() - from);
      cpu += cpuMs() - cpuFrom;
    }
    times.sort((a, b) => a - b);
    const { sentences, contexts, statements } = index;
    const vectors = [sentences, contexts, statements].reduce((sum, matrix) => sum + matrix.values.byteLength, 0);
    const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
    print(
      `${spans} spans, ${primitives} primitives: built in ${(buildMs / 1000).toFixed(1)} s; ` +
        `${mb(vectors)} of vectors and ${mb(after.heapUsed - before.heapUsed)} of heap beside the rows ` +
        `(reckoned ${mb(index.bytes)}); search p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms, CPU ${(cpu / queries).toFixed(1)} ms`,
    );
    if (spans === 0) {
      const found = Array.from({ length: queries }, (_each, at) => made.recall(index.statements, at));
      print(`the ten nearest statements by exact products: ${mean(found).toFixed(4)} of them found`);
    }
  }
  await measureEncoder(print);
}

async function measureEncoder(print: (line: string) => void): Promise<void> {
  const times: number[] = [];
  for (let at = 0; at < queries; at += 1) {
    const query = toQuery([{ role: "user", text: `Why did you leave the ${wordsOf(at, 1)} of your youth?` }], face);
    const from = performance.now();
    await queryVector(query);
    if (at > 0) times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  print(`encoding a question: p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms`);
}

function madeRows(spanCount: number, primitiveCount: number) {
  const random = seededRandom(7);
  const direction = () => {
    const raw = Float32Array.from({ length: vectorDimensions }, () => random() + random() + random() - 1.5);
    // as real ones do, they share a direction
    return unit(raw.map((value, at) => value * 0.05 + (sentenceCentre[at] ?? 0)));
  };
  // as they are stored, with eight bits a component
  const exact = Array.from({ length: primitiveCount }, () => unpackVector(packVector(direction())));
  const spans = Array.from({ length: spanCount }, (_each, at): SpanRow => {
    const text = wordsOf(at, 28);
    const vectors = Buffer.concat([packVector(direction()), packVector(direction())]);
    return {
      ...{ id: `span_${String(at).padStart(6, "0")}`, documentId: `doc_${at % 40}`, version: 1, start: at * 200 },
      ...{ end: at * 200 + text.length, text, speaker: at % 3 === 0 ? "me" : null, isFace: true },
      ...{ sentenceVectors: new Uint8Array(vectors), contextVector: packVector(direction()) },
    };
  });
  const primitives = exact.map((vector, at): PrimitiveRow => {
    const span = spans[(at * 31) % Math.max(1, spanCount)];
    return {
      ...{ id: `prim_${String(at).padStart(6, "0")}`, component: "beta", predicate: "values", polarity: "pos" },
      ...{
        statement: wordsOf(at + 3, 10),
        confidence: 0.8,
        state: "active",
        isPinned: false,
        vector: packVector(vector),
      },
      quotes: span === undefined ? [] : [{ ...span, quote: span.text }],
    };
  });
  const near = (at: number) => {
    const target = exact[(at * 131) % primitiveCount] ?? new Float32Array(vectorDimensions);
    return unit(target.map((value) => value + 0.03 * (random() - 0.5)));
  };
  return { rows: { spans, primitives } satisfies FaceRows, near, recall: recallOf(exact, near) };
}

function recallOf(exact: readonly Float32Array[], near: (at: number) => Float32Array) {
  const centred = exact.map((vector) => unit(vector.map((value, at) => value - (sentenceCentre[at] ?? 0))));
  return (matrix: Parameters<typeof centredCosines>[0], at: number): number => {
    const query = centredQuery(near(at));
    const wanted = topOf(centred.map((vector) => vector.reduce((sum, value, i) => sum + value * (query[i] ?? 0), 0)));
    const found = new Set(topOf(centredCosines(matrix, query)));
    return wanted.filter((one) => found.has(one)).length / topK;
  };
}

/** This thread's CPU time: what others do with the machine does not count in it. Its clock ticks coarsely. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function topOf(values: ArrayLike<number>): number[] {
  return Array.from(values, (value, at) => ({ value, at }))
    .sort((a, b) => b.value - a.value)
    .slice(0, topK)
    .map(({ at }) => at);
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}

/** Words that are as unevenly frequent as those of a language. */
function wordsOf(seed: number, count: number): string {
  const random = seededRandom(seed + 1);
  return Array.from({ length: count }, () => {
    let n = Math.floor(vocabulary ** random());
    let word = "";
    for (; n > 0; n = Math.floor(n / 20)) word += "bcdfghjklmnpqrstvwxz".charAt(n % 20) + "aeiou".charAt(n % 5);
    return `${word}k`;
  }).join(" ");
}
