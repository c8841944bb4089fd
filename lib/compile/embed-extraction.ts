import { loadEncoder } from "@/lib/models/encoder";
import { packVector } from "@/lib/models/vector";
import type { ExtractInput, Extraction, SourceFinding } from "./engine";
import { componentOf, maxStatementWords, Statement } from "./grammar";
import { locateQuote } from "./locate-quote";
import type { ModelStatement } from "./model-statement";
import { readChunk } from "./read-chunk";
import { embedSpans, type SpanOutline } from "./spans";

/**
 * Turns what a language model read in a chunk into statements with offsets and vectors, with the same
 * spans as the built-in engine. Runs in the calling thread; use a worker.
 *
 * A statement whose quote does not stand in the chunk, or stands in somebody else's turn, is dropped and counted.
 */
export async function embedExtraction({
  found,
  ...input
}: ExtractInput & { found: ModelStatement[] }): Promise<Extraction> {
  const encoder = await loadEncoder();
  const { outlines, readings, findings } = readChunk(input);
  const statements = found
    .flatMap((entry) => toStatement(entry, input, outlines, findings) ?? [])
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const vectors = await encoder.encode(readings.map(({ sentence }) => sentence.text));
  const rendered = await encoder.encode(statements.map(({ statement }) => statement));
  return {
    statements: statements.map((statement, index) => ({
      statement,
      vector: packVector(rendered[index] ?? new Float32Array(0)),
    })),
    spans: await embedSpans(input.text, outlines, vectors, encoder),
    dropped: found.length - statements.length,
    findings,
  };
}

function toStatement(
  entry: ModelStatement,
  { text, chunk }: ExtractInput,
  outlines: SpanOutline[],
  findings: SourceFinding[],
): Statement | null {
  const place = locateQuote(text, chunk, entry.quote);
  if (place === null) return null;
  const isByFace = outlines.some((span) => span.isFace && place.start >= span.start && place.start < span.end);
  if (findings.some(({ start, end }) => start < place.end && end > place.start)) return null;
  if (!isByFace || entry.statement.split(/\s+/u).length > maxStatementWords) return null;
  const { predicate, quote: _quote, confidence, ...rest } = entry;
  const component = componentOf(predicate);
  const parsed = Statement.safeParse({
    ...rest,
    ...place,
    component,
    predicate,
    confidence,
    alternatives: [{ component, predicate, p: confidence }],
    quote: text.slice(place.start, place.end),
  });
  return parsed.success ? parsed.data : null;
}
