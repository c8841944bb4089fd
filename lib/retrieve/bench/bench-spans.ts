import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { documentSpans, embedSpans } from "@/lib/compile/spans";
import { loadEncoder } from "@/lib/models/encoder";
import type { SpanRow } from "../face-rows";

/** The spans of a document as the compiler would store them; embedded once and kept in the system's temporary folder. */
export async function benchSpans(name: string, text: string): Promise<SpanRow[]> {
  const outlines = documentSpans(text, { start: 0, end: text.length });
  const digest = createHash("sha256").update(JSON.stringify(outlines)).digest("hex").slice(0, 16);
  const path = join(tmpdir(), `faces-bench-${digest}.bin`);
  if (existsSync(path)) return deserialize(readFileSync(path)) as SpanRow[];
  const encoder = await loadEncoder();
  const sentences = outlines.flatMap((outline) =>
    outline.sentences.map((sentence) => sentence.text.replace(/\s+/g, " ")),
  );
  const spans = await embedSpans(text, outlines, await encoder.encode(sentences), encoder);
  const rows = spans.map((span, at) => ({
    id: `span_${name}_${at}`,
    documentId: `doc_${name}`,
    version: 1,
    start: span.start,
    end: span.end,
    text: span.text,
    speaker: span.speaker,
    isFace: span.isFace,
    sentenceVectors: new Uint8Array(Buffer.concat(span.sentenceVectors)),
    contextVector: span.contextVector,
  }));
  writeFileSync(path, serialize(rows));
  return rows;
}
