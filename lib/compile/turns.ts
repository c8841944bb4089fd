import { speakerKey } from "@/lib/documents/thread-labels";
import { spokenRanges } from "@/lib/documents/thread-text";
import type { Range } from "./sentences";

/** One turn: `text.slice(start, end)` is what was said, without the speaker's label and outer white space. */
export type Turn = Range & { speaker: string; text: string; labelStart: number };

export type Thread = { turns: Turn[]; speakers: string[] };

/**
 * Reads `Speaker: text` turns, with or without times; lines without a label belong to the turn above. The form that
 * uploads are brought into is described at `formatThread`.
 *
 * @param faceSpeaker the face's label, compared without regard to case: believed even when it occurs once
 * @returns turns in order with exact offsets, and speakers in order of first appearance
 */
export function turns(text: string, faceSpeaker: string | null = null): Thread {
  const found = spokenRanges(text, faceSpeaker).map(({ speaker, labelStart, start, end }) => {
    return { speaker, labelStart, start, end, text: text.slice(start, end) };
  });
  return { turns: found, speakers: [...new Set(found.map(({ speaker }) => speaker))] };
}

/** Whether a turn's speaker is the face. */
export function isFaceSpeaker(speaker: string, faceSpeaker: string | null): boolean {
  return faceSpeaker !== null && speakerKey(speaker) === speakerKey(faceSpeaker);
}
