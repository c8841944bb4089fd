import type { ExtractInput, SourceFinding } from "./engine";
import { faceNames, mentions } from "./face-mention";
import { findInstructions } from "./find-instructions";
import { type FaceNames, toFirstPerson } from "./first-person";
import { isNothing, type PartOf, partsOf } from "./read-chunk-parts";
import type { Range, Sentence } from "./sentences";
import { documentSpans, type SpanOutline, threadSpans } from "./spans";
import { isFaceSpeaker, type Thread, turns } from "./turns";

/**
 * A sentence of the chunk, and what a compiler may read in it: null where it is not about the face.
 * `toFirst` puts any clause of it into the face's first person; `aboutFace` is how likely a sentence in the
 * third person is about the face.
 */
export type Reading = {
  sentence: Sentence;
  firstPerson: string | null;
  toFirst: (clause: string) => string;
  aboutFace?: number;
};

/** Says of each sentence of a paragraph how likely it is about the face. */
export type AboutFace = (sentences: string[], face: FaceNames) => number[];

/** Below this a sentence is somebody else's, and nothing is read in it. */
const surelyOther = 0.12;

export type ChunkReading = { outlines: SpanOutline[]; readings: Reading[]; findings: SourceFinding[] };

/**
 * Finds the spans and sentences of a chunk and puts those about the face into its first person.
 *
 * Only the face's own turns count in a thread; in a text about the face only sentences whose subject is
 * the face; editor's notes, verse and inserted letters never. Orders to a machine are findings, and stand in
 * no span: nothing could then quote them as the face's words.
 */
export function readChunk({ text, chunk, source }: ExtractInput, aboutFace: AboutFace = byRule): ChunkReading {
  const findings = findInstructions(text, chunk);
  const isOrder = (sentence: Range): boolean =>
    findings.some(({ start, end }) => start < sentence.end && end > sentence.start);
  const thread = threadOf(text, source);
  if (thread) {
    const outlines = threadSpans(text, chunk, thread.turns, speakerOf(thread, source), (sentence) =>
      isOrder(sentence) || isNothing(sentence.text) ? "out" : "face",
    );
    return { outlines, readings: outlines.flatMap((span) => span.sentences.map(span.isFace ? own : notOwn)), findings };
  }
  const parts = partsIn(text, source);
  const isAbout = source.perspective === "third-person";
  const outlines = documentSpans(text, chunk, (sentence) => {
    const part = parts(sentence);
    if (isOrder(sentence) || part === "skip") return "out";
    return part === "foreign" && !isAbout ? "other" : "face";
  });
  if (isAbout) return { outlines, readings: aboutTheFace(text, outlines, faceOf(text, source), aboutFace), findings };
  const readings = outlines.flatMap(({ sentences }) =>
    sentences.map((sentence) => (parts(sentence) === "own" ? own(sentence) : notOwn(sentence))),
  );
  return { outlines, readings, findings };
}

function own(sentence: Sentence): Reading {
  return { sentence, firstPerson: oneLine(sentence.text), toFirst: oneLine };
}

function notOwn(sentence: Sentence): Reading {
  return { sentence, firstPerson: null, toFirst: oneLine };
}

function partsIn(text: string, source: ExtractInput["source"]): PartOf {
  const { name, aliases, username } = source.face;
  const names = [name ?? "", ...aliases, username].flatMap((one) => one.split(/\s+/u)).filter((one) => one.length > 2);
  return remembered(text, "parts", source, () => partsOf(text, names));
}

/** Follows the subject through each paragraph: spans that touch without a blank line between them. */
function aboutTheFace(text: string, outlines: SpanOutline[], face: FaceNames, aboutFace: AboutFace): Reading[] {
  const groups: Sentence[][] = [];
  let end = -1;
  for (const outline of outlines) {
    const isSameParagraph = end >= 0 && !/\n[^\S\n]*\n/u.test(text.slice(end, outline.start));
    if (isSameParagraph) groups.at(-1)?.push(...outline.sentences);
    else groups.push([...outline.sentences]);
    end = outline.end;
  }
  return groups.flatMap((group) => {
    const about = aboutFace(
      group.map((sentence) => oneLine(sentence.text)),
      face,
    );
    return group.map((sentence, index) => {
      const p = about[index] ?? 0;
      return {
        sentence,
        firstPerson: p >= surelyOther ? toFirstPerson(oneLine(sentence.text), face) : null,
        toFirst: (clause: string) => toFirstPerson(oneLine(clause), face),
        aboutFace: p,
      };
    });
  });
}

/** Without a trained model the rule decides alone. */
function byRule(sentences: string[], face: FaceNames): number[] {
  return mentions(sentences, face).map((about) => (about === "face" ? 1 : 0));
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
