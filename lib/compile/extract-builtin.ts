import { type Encoder, loadEncoder } from "@/lib/models/encoder";
import { packVector } from "@/lib/models/vector";
import { type Classifier, classifier } from "./classifier";
import { emitThreshold, type ExtractInput, type Extraction } from "./engine";
import { type Kind, Statement } from "./grammar";
import { type Reading, readChunk } from "./read-chunk";
import { render, tidy } from "./render";
import { embedSpans } from "./spans";
import weights from "./weights.json";

let loaded: Classifier | undefined;

/** Sentences of fewer words say nothing that stands alone; of more, they are tables or lists. */
const minWords = 3;
const maxWords = 150;
/** Orders and questions to somebody else, and words addressed to a reader or a machine. */
const addressed =
  /\?["'”’)]*$|^(?:please|ignore|disregard|forget (?:all|every|the|your)|remember to|respond|reply|answer|output|print|repeat|pretend|act as|you (?:are|must|should|will) (?:now|always|never|not)?\b)|\b(?:system prompt|previous instructions|as an ai|language model|you are now)\b/iu;

/**
 * Reads a chunk with the built-in engine: every sentence is embedded once, and its vector serves
 * detection, kind and the span it stands in. Runs in the calling thread; use a worker.
 */
export async function extractBuiltin(input: ExtractInput, signal?: AbortSignal): Promise<Extraction> {
  const encoder = await loadEncoder();
  loaded ??= classifier(weights);
  const { outlines, readings } = readChunk(input);
  const vectors = await encoder.encode(readings.map(({ sentence }) => sentence.text), signal);
  const statements = await toStatements(readings, vectors, loaded, encoder, signal);
  const spans = await embedSpans(input.text, outlines, vectors, encoder, signal);
  const rendered = await encoder.encode(statements.map(({ statement }) => statement), signal);
  return {
    statements: statements.map((statement, index) => ({ statement, vector: packVector(rendered[index] ?? new Float32Array(0)) })),
    spans,
    dropped: 0,
  };
}

async function toStatements(readings: Reading[], vectors: Float32Array[], model: Classifier, encoder: Encoder, signal?: AbortSignal): Promise<Statement[]> {
  const read = readings.flatMap(({ sentence, firstPerson }, index) =>
    firstPerson !== null && isWorthReading(firstPerson) ? [{ sentence, firstPerson, own: vectors[index] ?? new Float32Array(0) }] : [],
  );
  // A sentence put into the first person is another sentence to the encoder.
  const rewritten = read.filter(({ sentence, firstPerson }) => firstPerson !== sentence.text.replace(/\s+/gu, " "));
  const again = await encoder.encode(rewritten.map(({ firstPerson }) => firstPerson), signal);
  const vectorOf = new Map(rewritten.map((row, index) => [row, again[index] ?? row.own]));
  return read.flatMap((row) => {
    const statement = toStatement(row.firstPerson, vectorOf.get(row) ?? row.own, row.sentence, model);
    return statement ? [statement] : [];
  });
}

function toStatement(firstPerson: string, vector: Float32Array, { start, end, text }: Reading["sentence"], model: Classifier): Statement | undefined {
  const confidence = round(model.detect(firstPerson, vector));
  if (confidence < emitThreshold) return undefined;
  const ranked = model.rankKinds(firstPerson, vector).slice(0, 3);
  const [best] = ranked;
  if (!best) return undefined;
  const rendering = render(firstPerson, best.predicate, model.detectByWords);
  if (rendering.statement.split(/\s+/u).length < minWords) return undefined;
  return Statement.parse({
    component: best.component,
    predicate: best.predicate,
    polarity: model.polarity(rendering.statement, best.predicate),
    ...rendering,
    confidence,
    alternatives: ranked.map(({ component, predicate, p }: Kind & { p: number }) => ({ component, predicate, p: round(p) })),
    start,
    end,
    quote: text,
  });
}

function isWorthReading(sentence: string): boolean {
  const words = sentence.split(/\s+/u).length;
  return words >= minWords && words <= maxWords && !addressed.test(tidy(sentence));
}

/** Three decimals: finer differences are noise, and must not tell two graphs apart. */
function round(p: number): number {
  return Math.round(p * 1000) / 1000;
}
