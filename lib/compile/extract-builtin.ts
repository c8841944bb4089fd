import { type Encoded, type Encoder, loadEncoder } from "@/lib/models/encoder";
import { packVector } from "@/lib/models/vector";
import { type Classifier, classifier, type View } from "./classifier";
import { emitThreshold, type ExtractInput, type Extraction, type SourceFinding } from "./engine";
import { Statement } from "./grammar";
import { type Reading, readChunk } from "./read-chunk";
import { objectOf, renderAll, type Rendering, tidy } from "./render";
import type { Sentence } from "./sentences";
import { embedSpans } from "./spans";
import { textShape, type TextShape } from "./text-shape";
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

/** Whoever is less likely than this the face may be somebody else; from this confidence on it would be a statement. */
const clearSubject = 0.5;
const clearConfidence = 0.5;

/** Sentences that by themselves look less likely than this are not rendered: their clause seldom saves them. */
const renderThreshold = 0.15;

/**
 * Reads a chunk with the built-in engine: every sentence is embedded once, and its vector serves
 * detection, kind and the span it stands in. Runs in the calling thread; use a worker.
 */
export async function extractBuiltin(input: ExtractInput, signal?: AbortSignal): Promise<Extraction> {
  const encoder = await loadEncoder();
  loaded ??= classifier(weights);
  const model = loaded;
  const { outlines, readings, findings } = readChunk(input, model.aboutFace);
  const encoded = await encoder.encodeDeep(
    readings.map(({ sentence }) => sentence.text),
    signal,
  );
  const candidates = await findCandidates(readings, encoded, model, encoder, signal);
  const clauses = await encoder.encodeDeep(
    candidates.map(({ rendering }) => rendering.statement),
    signal,
  );
  const unclear: SourceFinding[] = [];
  const statements = candidates.flatMap((candidate, index) => {
    const clause = { sentence: candidate.rendering.statement, encoded: clauses[index] ?? candidate.view.encoded };
    if (isUnclear(candidate, clause, model)) unclear.push(findingOf(candidate.sentence));
    else {
      const statement = toStatement(candidate, clause, model);
      if (statement) return [{ statement, vector: packVector(clause.encoded.vector) }];
    }
    return [];
  });
  const vectors = encoded.map(({ vector }) => vector);
  return {
    statements,
    spans: await embedSpans(input.text, outlines, vectors, encoder, signal),
    dropped: 0,
    findings: [...findings, ...distinct(unclear)].sort((a, b) => a.start - b.start || a.end - b.end),
  };
}

type Candidate = {
  sentence: Sentence;
  view: View;
  rendering: Rendering;
  aboutFace: number | undefined;
  shape: TextShape;
};

/** A trait that may well be somebody else's is not credited to the face: its owner is asked instead. */
function isUnclear({ view, aboutFace, shape }: Candidate, clause: View, model: Classifier): boolean {
  return (
    aboutFace !== undefined &&
    aboutFace < clearSubject &&
    model.detect([view, clause], aboutFace, shape) < clearConfidence &&
    model.detect([view, clause], 1, shape) >= clearConfidence
  );
}

function findingOf({ start, end, text }: Sentence): SourceFinding {
  return { kind: "unclear_subject", start, end, quote: text };
}

function distinct(found: SourceFinding[]): SourceFinding[] {
  return found.filter(({ start }, index) => found.findIndex((other) => other.start === start) === index);
}

async function findCandidates(
  readings: Reading[],
  encoded: Encoded[],
  model: Classifier,
  encoder: Encoder,
  signal?: AbortSignal,
): Promise<Candidate[]> {
  const read = readings.flatMap((reading, index) => {
    const own = encoded[index];
    return own && reading.firstPerson !== null && isWorthReading(reading.firstPerson)
      ? [{ ...reading, firstPerson: reading.firstPerson, encoded: own }]
      : [];
  });
  const shape = textShape(read.map(({ sentence }) => sentence.text));
  // A sentence put into the first person is another sentence to the encoder.
  const rewritten = read.filter(({ sentence, firstPerson }) => firstPerson !== sentence.text.replace(/\s+/gu, " "));
  const again = await encoder.encodeDeep(
    rewritten.map(({ firstPerson }) => firstPerson),
    signal,
  );
  for (const [index, row] of rewritten.entries()) row.encoded = again[index] ?? row.encoded;
  return read.flatMap(({ sentence, firstPerson, toFirst, encoded: own, aboutFace }) => {
    const view = { sentence: firstPerson, encoded: own };
    if (model.detect([view], aboutFace === undefined ? undefined : 1, shape) < renderThreshold) return [];
    return renderAll(sentence.text, model.detectByWords, toFirst)
      .filter((rendering) => rendering.statement.split(/\s+/u).length >= minWords && canStand(rendering))
      .sort((a, b) => a.start - b.start)
      .map((rendering) => ({ sentence, view, rendering, aboutFace, shape }));
  });
}

function toStatement(
  { sentence, view, aboutFace, shape, rendering: { start, end, flaws, ...rendering } }: Candidate,
  clause: View,
  model: Classifier,
): Statement | undefined {
  const views = [view, clause];
  const confidence = round(Math.min(model.detect(views, aboutFace, shape), flaws.length > 0 ? flawedConfidence : 1));
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
