import type { ExtractInput } from "./engine";
import { faceNames, mentions } from "./face-mention";
import { type FaceNames, toFirstPerson } from "./first-person";
import { paragraphs, type Sentence } from "./sentences";
import { documentSpans, type SpanOutline, threadSpans } from "./spans";
import { isFaceSpeaker, type Thread, turns } from "./turns";

/**
 * A sentence of the chunk, and what a compiler may read in it: null where it is not about the face.
 * `toFirst` puts any clause of it into the face's first person.
 */
export type Reading = { sentence: Sentence; firstPerson: string | null; toFirst: (clause: string) => string };

export type ChunkReading = { outlines: SpanOutline[]; readings: Reading[] };

/**
 * Finds the spans and sentences of a chunk and puts those about the face into its first person.
 *
 * Only the face's own turns count in a thread; in a text about the face only sentences whose subject is
 * the face; editor's notes in brackets never.
 */
export function readChunk({ text, chunk, source }: ExtractInput): ChunkReading {
  const thread = threadOf(text, source);
  const outlines = thread
    ? threadSpans(text, chunk, thread.turns, speakerOf(thread, source))
    : documentSpans(text, chunk);
  if (thread || source.perspective === "first-person") {
    const notes = thread ? [] : paragraphs(text, chunk).filter(({ start, end }) => isNote(text.slice(start, end)));
    const isInNote = (sentence: Sentence): boolean =>
      notes.some(({ start, end }) => sentence.start >= start && sentence.end <= end);
    const readings = outlines.flatMap(({ isFace, sentences }) =>
      sentences.map((sentence) => ({
        sentence,
        firstPerson: isFace && !isInNote(sentence) ? oneLine(sentence.text) : null,
        toFirst: oneLine,
      })),
    );
    return { outlines, readings };
  }
  return { outlines, readings: aboutTheFace(text, outlines, faceOf(text, source)) };
}

/** Follows the subject through each paragraph: spans that touch without a blank line between them. */
function aboutTheFace(text: string, outlines: SpanOutline[], face: FaceNames): Reading[] {
  const groups: Sentence[][] = [];
  let end = -1;
  for (const outline of outlines) {
    const isSameParagraph = end >= 0 && !/\n[^\S\n]*\n/u.test(text.slice(end, outline.start));
    if (isSameParagraph) groups.at(-1)?.push(...outline.sentences);
    else groups.push([...outline.sentences]);
    end = outline.end;
  }
  return groups.flatMap((group) => {
    const about = mentions(
      group.map((sentence) => oneLine(sentence.text)),
      face,
    );
    return group.map((sentence, index) => ({
      sentence,
      firstPerson: about[index] === "face" ? toFirstPerson(oneLine(sentence.text), face) : null,
      toFirst: (clause: string) => toFirstPerson(oneLine(clause), face),
    }));
  });
}

/** A footnote or a remark in brackets is the editor's, not the writer's. */
function isNote(paragraph: string): boolean {
  return /^\s*\[/u.test(paragraph) && (/^\s*\[\d+\]/u.test(paragraph) || /\]\s*$/u.test(paragraph));
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ");
}

/** An interview uploaded as a document is read turn by turn too, when the face is one of its speakers. */
function threadOf(text: string, source: ExtractInput["source"]): Thread | undefined {
  if (source.type === "document" && source.perspective === "third-person") return undefined;
  const thread = remembered(text, "thread", source, () => turns(text, source.faceSpeaker));
  if (source.type === "thread") return thread;
  return thread.turns.length >= 4 && speakerOf(thread, source) !== null ? thread : undefined;
}

/** The face's label in the thread: as told, else the speaker who bears the face's name. */
function speakerOf(thread: Thread, { faceSpeaker, face }: ExtractInput["source"]): string | null {
  if (faceSpeaker !== null) return thread.speakers.find((speaker) => isFaceSpeaker(speaker, faceSpeaker)) ?? null;
  const names = [face.name ?? "", ...face.aliases, face.username, ...(face.name ?? "").split(/\s+/u)]
    .map((name) => name.toLowerCase())
    .filter((name) => name !== "");
  return thread.speakers.find((speaker) => names.includes(speaker.toLowerCase())) ?? null;
}

function faceOf(text: string, source: ExtractInput["source"]): FaceNames {
  return remembered(text, "face", source, () => faceNames(source.face, text));
}

let last: { text: string; source: string; values: Map<string, unknown> } | undefined;

/** A document's chunks are read one after the other: what belongs to the whole text is worked out once. */
function remembered<T>(text: string, name: string, source: ExtractInput["source"], make: () => T): T {
  const sourceKey = JSON.stringify(source);
  if (last?.text !== text || last.source !== sourceKey) last = { text, source: sourceKey, values: new Map() };
  if (!last.values.has(name)) last.values.set(name, make());
  return last.values.get(name) as T;
}
