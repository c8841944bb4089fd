import { loadEncoder } from "@/lib/models/encoder";
import { packVector } from "@/lib/models/vector";
import type { ExtractInput, Extraction, SourceFinding } from "./engine";
import { Statement } from "./grammar";
import { isHarmless, isPlainText } from "./plain-text";
import { readChunk } from "./read-chunk";
import { embedSpans } from "./spans";

/** What somebody says was read in a chunk: statements and findings whose offsets are claims. */
export type ClaimedReading = ExtractInput & { statements: unknown[]; findings: SourceFinding[] };

/**
 * Checks what a card says was read in one piece of a text, and brings it into the form that engines give: nothing of
 * it is believed. A statement stays when its quote stands at its offsets in this piece, in the face's own words, when
 * it is of the grammar, and when neither it nor its quote is an order to a machine. Spans, vectors and orders are read
 * anew. Runs in the calling thread; use a worker.
 *
 * @returns `dropped`: how many statements were refused
 */
export async function restoreExtraction({
  statements: claimed,
  findings: told,
  ...input
}: ClaimedReading): Promise<Extraction> {
  const encoder = await loadEncoder();
  const { outlines, readings, findings } = readChunk(input);
  const isOwn = (at: number) => outlines.some(({ isFace, start, end }) => isFace && at >= start && at < end);
  const statements = claimed
    .flatMap((one) => Statement.safeParse(one).data ?? [])
    .filter((statement) => {
      if (!standsIn(input, statement) || !isOwn(statement.start)) return false;
      const isOrder = findings.some(({ start, end }) => start < statement.end && end > statement.start);
      return !isOrder && isPlain(statement);
    });
  const vectors = await encoder.encode(readings.map(({ sentence }) => sentence.text));
  const rendered = await encoder.encode(statements.map(({ statement }) => statement));
  const unclear = told.filter((finding) => finding.kind === "unclear_subject" && standsIn(input, finding));
  return {
    statements: statements.map((statement, at) => ({
      statement,
      vector: packVector(rendered[at] ?? new Float32Array(0)),
    })),
    spans: await embedSpans(input.text, outlines, vectors, encoder),
    dropped: claimed.length - statements.length,
    findings: [...findings, ...unclear].sort((a, b) => a.start - b.start || a.end - b.end),
  };
}

function standsIn(
  { text, chunk }: Pick<ExtractInput, "text" | "chunk">,
  { start, end, quote }: { start: number; end: number; quote: string },
): boolean {
  return start >= chunk.start && end <= chunk.end && text.slice(start, end) === quote;
}

function isPlain({ statement, object, condition, reason }: Statement): boolean {
  return isPlainText(statement) && [object, condition ?? "", reason ?? ""].every(isHarmless);
}
