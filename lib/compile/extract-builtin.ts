import { type Encoder, loadEncoder } from "@/lib/models/encoder";
import { packVector } from "@/lib/models/vector";
import { type Classifier, classifier, type View } from "./classifier";
import { emitThreshold, type ExtractInput, type Extraction } from "./engine";
import { Statement } from "./grammar";
import { type Reading, readChunk } from "./read-chunk";
import { objectOf, renderAll, type Rendering, tidy } from "./render";
import type { Sentence } from "./sentences";
import { embedSpans } from "./spans";
import weights from "./weights.json";

let loaded: Classifier | undefined;

/** Sentences of fewer words say nothing that stands alone; of more, they are tables or lists. */
const minWords = 3;
const maxWords = 150;
/** Orders and questions to somebody else, and words addressed to a reader or a machine. */
const addressed =
  /\?["'”’)]*$|^(?:please|ignore|disregard|forget (?:all|every|the|your)|remember to|respond|reply|answer|output|print|repeat|pretend|act as|you (?:are|must|should|will) (?:now|always|never|not)?\b)|\b(?:system prompt|previous instructions|as an ai|language model|you are now)\b/iu;

/** A statement that cannot stand alone is a draft at most: its owner sees it, chat does not lean on it. */
const flawedConfidence = 0.55;

/** Sentences that by themselves look less likely than this are not rendered: their clause seldom saves them. */
const renderThreshold = 0.15;

/**
 * Reads a chunk with the built-in engine: every sentence is embedded once, and its vector serves
 * detection, kind and the span it stands in. Runs in the calling thread; use a worker.
 */
export async function extractBuiltin(input: ExtractInput, signal?: AbortSignal): Promise<Extraction> {
  const encoder = await loadEncoder();
  loaded ??= classifier(weights);
  const { outlines, readings, findings } = readChunk(input);
  const vectors = await encoder.encode(
    readings.map(({ sentence }) => sentence.text),
    signal,
  );
  const candidates = await findCandidates(readings, vectors, loaded, encoder, signal);
  const clauseVectors = await encoder.encode(
    candidates.map(({ rendering }) => rendering.statement),
    signal,
  );
  const model = loaded;
  return {
    statements: candidates.flatMap((candidate, index) => {
      const vector = clauseVectors[index] ?? candidate.view.vector;
      const statement = toStatement(candidate, vector, model);
      return statement ? [{ statement, vector: packVector(vector) }] : [];
    }),
    spans: await embedSpans(input.text, outlines, vectors, encoder, signal),
    dropped: 0,
    findings,
  };
}

type Candidate = { sentence: Sentence; view: View; rendering: Rendering };

async function findCandidates(
  readings: Reading[],
  vectors: Float32Array[],
  model: Classifier,
  encoder: Encoder,
  signal?: AbortSignal,
): Promise<Candidate[]> {
  const read = readings.flatMap(({ sentence, firstPerson, toFirst }, index) =>
    firstPerson !== null && isWorthReading(firstPerson)
      ? [{ sentence, firstPerson, toFirst, vector: vectors[index] ?? new Float32Array(0) }]
      : [],
  );
  // A sentence put into the first person is another sentence to the encoder.
  const rewritten = read.filter(({ sentence, firstPerson }) => firstPerson !== sentence.text.replace(/\s+/gu, " "));
  const again = await encoder.encode(
    rewritten.map(({ firstPerson }) => firstPerson),
    signal,
  );
  for (const [index, row] of rewritten.entries()) row.vector = again[index] ?? row.vector;
  return read.flatMap(({ sentence, firstPerson, toFirst, vector }) => {
    const view = { sentence: firstPerson, vector };
    if (model.detect([view]) < renderThreshold) return [];
    return renderAll(sentence.text, model.detectByWords, toFirst)
      .filter((rendering) => rendering.statement.split(/\s+/u).length >= minWords && canStand(rendering))
      .sort((a, b) => a.start - b.start)
      .map((rendering) => ({ sentence, view, rendering }));
  });
}

function toStatement(
  { sentence, view, rendering: { start, end, flaws, ...rendering } }: Candidate,
  vector: Float32Array,
  model: Classifier,
): Statement | undefined {
  const views = [view, { sentence: rendering.statement, vector }];
  const confidence = round(Math.min(model.detect(views), flaws.length > 0 ? flawedConfidence : 1));
  const ranked = model.rankKinds(views).slice(0, 3);
  const [best] = ranked;
  if (confidence < emitThreshold || !best) return undefined;
  return Statement.parse({
    component: best.component,
    predicate: best.predicate,
    polarity: model.polarity(rendering.statement, best.predicate),
    ...rendering,
    object: objectOf(rendering, best.predicate),
    confidence,
    alternatives: ranked.map(({ component, predicate, p }) => ({ component, predicate, p: round(p) })),
    start: sentence.start + start,
    end: sentence.start + end,
    quote: sentence.text.slice(start, end),
  });
}

/** What lacks two things a sentence needs, or is about somebody else, is no statement whatever it looks like. */
function canStand({ flaws }: Rendering): boolean {
  return !flaws.includes("foreign") && flaws.length < 2;
}

function isWorthReading(sentence: string): boolean {
  const words = sentence.split(/\s+/u).length;
  return words >= minWords && words <= maxWords && !addressed.test(tidy(sentence));
}

/** Three decimals: finer differences are noise, and must not tell two graphs apart. */
function round(p: number): number {
  return Math.round(p * 1000) / 1000;
}
