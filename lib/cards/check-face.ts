import { createHash } from "node:crypto";
import type { Extraction } from "@/lib/compile/engine";
import type { Chunk, SourceInfo } from "@/lib/compile/grammar";
import { runTask } from "@/lib/compute/pool";
import { languageNotes } from "@/lib/documents/formats/language";
import type { CardDocument, CardFace, CardStatement } from "./card-schema";

const measureTimeoutMs = 60_000;
const chunkTimeoutMs = 120_000;
/** While one is read the next one waits: an import leaves the other threads to those who ask. */
const atOnce = 2;

/** A piece of a text with what was read in it, checked. */
export type CheckedChunk = { chunk: Chunk; extraction: Extraction; engine: string };

/** A source of a card as it can be stored: sizes and speakers are measured here, never taken from the card. */
export type CheckedDocument = {
  card: CardDocument;
  contentHash: string;
  tokens: number;
  chunks: number;
  speakers: string[];
  /** the state that shall be in the graph; null: it waits for a sync */
  compiled: { content: string | null; pieces: Chunk[] } | null;
};

/**
 * Measures the sources of a card. Those without a word to read are left out, and the same text twice is one.
 *
 * @returns in the card's order; null where one is left out
 */
export async function measureDocuments(face: CardFace, signal: AbortSignal): Promise<(CheckedDocument | null)[]> {
  const seen = new Set<string>();
  const checked: (CheckedDocument | null)[] = [];
  for (const card of face.documents) {
    const contentHash = createHash("sha256").update(card.content).digest("hex");
    const isLeft = seen.has(contentHash) || !/[\p{L}\p{N}]/u.test(card.content);
    seen.add(contentHash);
    checked.push(isLeft ? null : await measureDocument(card, contentHash, signal));
  }
  return checked;
}

async function measureDocument(card: CardDocument, contentHash: string, signal: AbortSignal): Promise<CheckedDocument> {
  const { content, type } = card;
  const options = { signal, timeoutMs: measureTimeoutMs, isPatient: true };
  const { tokens, chunks, speakers } = await runTask("measureText", { text: content, type }, options);
  const speaker = speakers.find((one) => one === card.face_speaker) ?? null;
  const measured = {
    card: { ...card, face_speaker: type === "thread" ? speaker : null, notes: notesOf(card) },
    contentHash,
    tokens,
    chunks,
    speakers,
  };
  if (card.compiled === null) return { ...measured, compiled: null };
  const text = card.compiled.content ?? content;
  const pieces = await runTask("chunkText", { text, type }, options);
  // read in other pieces, by another version: it cannot be told what belongs to which
  const isSame =
    pieces.length === card.compiled.chunks.length &&
    pieces.every(({ start, end }, at) => {
      const told = card.compiled?.chunks[at];
      return told?.start === start && told.end === end;
    });
  return { ...measured, compiled: isSame ? { content: card.compiled.content, pieces } : null };
}

/** What was noted of the file is believed as a note; what can be told of the text is told anew. */
function notesOf({ notes, content }: CardDocument): CardDocument["notes"] {
  const kept = notes.filter(({ code }) => code !== "not_english").slice(0, 20);
  return [...kept, ...languageNotes(content)];
}

/**
 * Reads the pieces of a compiled source again, with what the card says was read in them. Takes about as long as the
 * built-in engine takes to compile it.
 */
export async function checkChunks(
  document: CheckedDocument,
  statements: readonly CardStatement[],
  { face, signal }: { face: SourceInfo["face"]; signal: AbortSignal },
): Promise<CheckedChunk[]> {
  const { card, compiled } = document;
  if (compiled === null || card.compiled === null) return [];
  const { chunks: told, findings } = card.compiled;
  const text = compiled.content ?? card.content;
  const source = { type: card.type, perspective: card.perspective, faceSpeaker: card.face_speaker, face };
  const check = async (chunk: Chunk, at: number): Promise<CheckedChunk> => {
    const isHere = ({ start }: { start: number }) => start >= chunk.start && start < chunk.end;
    const extraction = await runTask(
      "restoreExtraction",
      {
        ...{ text, chunk, source },
        statements: statements.filter(isHere),
        findings: findings.filter(isHere).flatMap((one) => (isUnclear(one) ? [one] : [])),
      },
      { signal, timeoutMs: chunkTimeoutMs, isPatient: true },
    );
    return { chunk, extraction, engine: told[at]?.engine ?? "card" };
  };
  const checked: CheckedChunk[] = [];
  for (let at = 0; at < compiled.pieces.length; at += atOnce) {
    const some = compiled.pieces.slice(at, at + atOnce);
    checked.push(...(await Promise.all(some.map((chunk, place) => check(chunk, at + place)))));
  }
  return checked;
}

type CardFinding = NonNullable<CardDocument["compiled"]>["findings"][number];

function isUnclear(finding: CardFinding): finding is CardFinding & { kind: "unclear_subject" } {
  return finding.kind === "unclear_subject";
}
