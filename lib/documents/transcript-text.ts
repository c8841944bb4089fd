import { formatThread } from "./thread-text";
import type { Transcript } from "./transcribe-file";
import type { Utterance } from "./transcribe-model";

/** A transcript as text: `speakers` in the order in which they speak; empty where the model does not tell them apart. */
export type TranscriptText = { text: string; speakers: string[] };

const pauseSeconds = 2;
const paragraphChars = 600;

/**
 * A transcript as it is stored: a thread with times where the model told several speakers apart, else paragraphs that
 * end with a sentence, at a pause or when they get long.
 */
export function toTranscriptText({ utterances, text }: Transcript): TranscriptText {
  const labels = [...new Set(utterances.flatMap(({ speaker }) => speaker ?? []))];
  if (labels.length < 2) return { text: utterances.length === 0 ? text : toParagraphs(utterances), speakers: [] };
  const nameOf = (label: string | null): string => `Speaker ${labels.indexOf(label ?? "") + 1}`;
  const turns: { speaker: string; text: string; at: string }[] = [];
  for (const { speaker, text: said, start } of utterances) {
    const last = turns.at(-1);
    const name = speaker === null && last !== undefined ? last.speaker : nameOf(speaker ?? labels[0] ?? null);
    if (last?.speaker === name) last.text += ` ${said}`;
    else turns.push({ speaker: name, text: said, at: clock(start) });
  }
  return { text: formatThread(turns), speakers: labels.map(nameOf) };
}

function toParagraphs(utterances: Utterance[]): string {
  const paragraphs: string[] = [];
  let open = "";
  let end = 0;
  for (const utterance of utterances) {
    const isSentence = /[.!?…]["”’)]*$/u.test(open);
    if (isSentence && (utterance.start - end > pauseSeconds || open.length > paragraphChars)) {
      paragraphs.push(open);
      open = "";
    }
    open = open === "" ? utterance.text : `${open} ${utterance.text}`;
    end = utterance.end;
  }
  return [...paragraphs, open].filter((paragraph) => paragraph !== "").join("\n\n");
}

function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
