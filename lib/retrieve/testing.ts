import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/ids";
import { loadEncoder } from "@/lib/models/encoder";
import { packVector } from "@/lib/models/vector";
import type { FaceRows, PrimitiveRow, SpanRow } from "./face-rows";
import type { Turn } from "./query";
import { retrieveSearch, type SearchTaskInput } from "./search.task";

/** A sentence of a test's document: `Speaker: text` is a turn of a thread, in which "me" is the face. */
export type TestLine = string;

/** Spans of a document made of these lines, one span a line, with real vectors. */
export async function spansOf(documentId: string, lines: readonly TestLine[]): Promise<SpanRow[]> {
  const encoder = await loadEncoder();
  const parts = lines
    .map((line) => /^(?:(me|you): )?(.*)$/s.exec(line))
    .map((match) => ({ speaker: match?.[1] ?? null, text: match?.[2] ?? "" }));
  const own = await encoder.encode(parts.map((part) => part.text));
  const contexts = await encoder.encode(parts.map((part, at) => `${parts[at - 1]?.text ?? ""} ${part.text}`.trim()));
  let start = 0;
  return parts.map((part, at) => {
    const span = {
      id: `span_${documentId}_${String(at).padStart(3, "0")}`,
      documentId,
      version: 1,
      start,
      end: start + part.text.length,
      text: part.text,
      speaker: part.speaker,
      isFace: part.speaker !== "you",
      sentenceVectors: packVector(own[at] ?? new Float32Array(512)),
      contextVector: packVector(contexts[at] ?? new Float32Array(512)),
    };
    start = span.end + 1;
    return span;
  });
}

/** A compiled face in the database that has said these sentences, one a span; `accountId` null makes it the installation's sample. */
export async function storeFace(db: Db, accountId: string | null, username: string, lines: readonly TestLine[]) {
  const face = await db.face.create({ data: { id: newId("face"), accountId, username, name: "Nora", version: 1 } });
  const documentId = newId("document");
  await db.document.create({
    data: {
      id: documentId,
      faceId: face.id,
      type: "document",
      label: "life",
      source: "paste",
      mimeType: "text/plain",
      perspective: "first-person",
      contentHash: username,
      tokenCount: 50,
      status: "synced",
      compiledVersion: 1,
    },
  });
  const spans = await spansOf(documentId, lines);
  await db.span.createMany({
    data: spans.map((span, ordinal) => ({
      ...span,
      id: newId("span"),
      faceId: face.id,
      chunkIndex: 0,
      ordinal,
      sentenceVectors: new Uint8Array(span.sentenceVectors),
      contextVector: new Uint8Array(span.contextVector),
    })),
  });
  return face;
}

/** What a person says of a life, one thing a sentence. */
export const life = [
  "I was born in a small town by the sea, the third of five children.",
  "My father mended nets and never raised his voice.",
  "I gave up smoking the winter my daughter was born, and I have not touched a cigarette since.",
  "Every morning I swim in the harbour before breakfast, even when there is ice.",
  "I quit the bank because they asked me to lie to an old customer.",
  "Telling the truth matters more to me than being liked.",
  "I am frightened of heights and avoid ladders.",
  "Strong coffee and silence are what I need before any decision.",
  "I learn by copying what good people do.",
  "My sister Ingrid is my closest friend.",
];

/** A primitive that rests on a span, or on nothing. */
export async function primitiveOf(
  id: string,
  statement: string,
  span: SpanRow | null,
  changes: Partial<PrimitiveRow> = {},
): Promise<PrimitiveRow> {
  const encoder = await loadEncoder();
  const [vector] = await encoder.encode([statement]);
  return {
    id,
    component: "beta",
    predicate: "values",
    polarity: "pos",
    statement,
    confidence: 0.9,
    state: "active",
    isPinned: false,
    vector: packVector(vector ?? new Float32Array(512)),
    quotes:
      span === null
        ? []
        : [{ documentId: span.documentId, version: 1, start: span.start, end: span.end, quote: span.text }],
    ...changes,
  };
}

export const testFace = { username: "nora", name: "Nora Lind", aliases: ["Nono"] };
let searches = 0;

/** Searches these rows as a face of their own. */
export async function searchRows(rows: FaceRows, ask: string | Turn[], changes: Partial<SearchTaskInput> = {}) {
  const turns: Turn[] = typeof ask === "string" ? [{ role: "user", text: ask }] : ask;
  searches += 1;
  const of = { faceKey: `face_${searches}`, revision: 1, face: testFace, turns, rows };
  const found = await retrieveSearch({ ...of, k: 5, tokenBudget: 1000, ...changes });
  if (found.missing) throw new Error("the rows were given");
  return found;
}
