import type { Encoder } from "@/lib/models/encoder";
import { packVector } from "@/lib/models/vector";
import type { Span } from "./grammar";
import { paragraphs, type Range, type Sentence, sentences } from "./sentences";
import { isFaceSpeaker, type Turn } from "./turns";

/** A span is what chat quotes at once: short enough to inject many, long enough to be understood. */
const maxSpanWords = 80;
const maxSpanSentences = 3;
/** The encoder hears about this much; of the preceding span only its end fits. */
const contextChars = 600;

/** A span before its vectors, with the sentences in it and what stands before it. */
export type SpanOutline = Range & { speaker: string | null; isFace: boolean; sentences: Sentence[]; before: string };

/** What is to be done with a sentence: no span holds what is left out, or both the face's words and somebody else's. */
export type SpanPart = "face" | "other" | "out";
type SpanPartOf = (sentence: Sentence) => SpanPart;

/**
 * Cuts a part of a document into pieces of one to three sentences and at most 80 words
 * (a longer sentence stands alone), never across a paragraph.
 */
export function documentSpans(text: string, range: Range, partOf: SpanPartOf = () => "face"): SpanOutline[] {
  const outlines: SpanOutline[] = [];
  for (const paragraph of paragraphs(text, range)) {
    for (const run of runs(sentences(text, paragraph), partOf))
      for (const group of groups(run.sentences))
        outlines.push(outline(text, group, null, run.part === "face", outlines.at(-1)));
  }
  return outlines;
}

/** Neighbouring sentences of one part; those left out belong to none. */
function runs(all: Sentence[], partOf: SpanPartOf): { part: SpanPart; sentences: Sentence[] }[] {
  const found: { part: SpanPart; sentences: Sentence[] }[] = [];
  for (const sentence of all) {
    const part = partOf(sentence);
    const open = found.at(-1);
    if (open?.part === part) open.sentences.push(sentence);
    else found.push({ part, sentences: [sentence] });
  }
  return found.filter(({ part }) => part !== "out");
}

/**
 * One span for each turn that begins in the range, and for the part of a long turn that lies in it;
 * several where something in a turn is left out.
 *
 * @param range a chunk; a turn cut by a chunk's border becomes a span in each
 */
export function threadSpans(
  text: string,
  range: Range,
  turns: Turn[],
  faceSpeaker: string | null,
  partOf: SpanPartOf = () => "face",
): SpanOutline[] {
  const outlines: SpanOutline[] = [];
  for (const [index, turn] of turns.entries()) {
    const part = { start: Math.max(turn.start, range.start), end: Math.min(turn.end, range.end) };
    if (part.end <= part.start) continue;
    const before =
      (part.start > turn.start
        ? text.slice(Math.max(turn.start, part.start - contextChars), part.start)
        : turns[index - 1]?.text) ?? "";
    for (const said of runs(sentences(text, part), (sentence) => (partOf(sentence) === "out" ? "out" : "face"))) {
      const made = outline(text, said.sentences, turn.speaker, isFaceSpeaker(turn.speaker, faceSpeaker), undefined);
      outlines.push({ ...made, before });
    }
  }
  return outlines;
}

/**
 * Adds the vectors retrieval compares with.
 *
 * @param vectors one per sentence, in the order of the outlines' sentences
 */
export async function embedSpans(
  text: string,
  outlines: SpanOutline[],
  vectors: Float32Array[],
  encoder: Encoder,
  signal?: AbortSignal,
): Promise<Span[]> {
  const contexts = await encoder.encode(
    outlines.map((span) => contextText(text, span)),
    signal,
  );
  let at = 0;
  return outlines.map((span, index) => {
    const own = vectors.slice(at, (at += span.sentences.length));
    return {
      start: span.start,
      end: span.end,
      text: text.slice(span.start, span.end),
      speaker: span.speaker,
      isFace: span.isFace,
      sentenceVectors: own.map(packVector),
      contextVector: packVector(contexts[index] ?? new Float32Array(0)),
    };
  });
}

function contextText(text: string, span: SpanOutline): string {
  const own = text.slice(span.start, Math.min(span.end, span.start + contextChars));
  return `${span.before.slice(-(contextChars - own.length / 2))} ${own}`.replace(/\s+/gu, " ").trim();
}

function outline(
  text: string,
  group: Sentence[],
  speaker: string | null,
  isFace: boolean,
  previous: Range | undefined,
): SpanOutline {
  const start = group[0]?.start ?? 0;
  const end = group.at(-1)?.end ?? start;
  return {
    start,
    end,
    speaker,
    isFace,
    sentences: group,
    before: previous ? text.slice(previous.start, previous.end) : "",
  };
}

function groups(all: Sentence[]): Sentence[][] {
  const grouped: Sentence[][] = [];
  let words = 0;
  for (const sentence of all) {
    const own = sentence.text.split(/\s+/u).length;
    const open = grouped.at(-1);
    if (open && open.length < maxSpanSentences && words + own <= maxSpanWords) {
      open.push(sentence);
      words += own;
    } else {
      grouped.push([sentence]);
      words = own;
    }
  }
  return grouped;
}
