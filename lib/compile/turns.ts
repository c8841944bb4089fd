import { lines, type Range } from "./sentences";

/** One turn: `text.slice(start, end)` is what was said, without the speaker's label and outer white space. */
export type Turn = Range & { speaker: string; text: string; labelStart: number };

export type Thread = { turns: Turn[]; speakers: string[] };

const stamp = String.raw`(?:[[(]?\d{1,4}[-/.:]\d{1,2}(?:[-/.:]\d{1,4})?(?:,?\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?)?[\])]?\s*(?:[-–]\s+)?)?`;
/** `Speaker: text`, with an optional time before it and Markdown stars around it. */
const label = new RegExp(
  String.raw`^\s*${stamp}(?:\*\*|__)?([\p{L}\p{N}@][^:\n*]{0,39}?)(?:\*\*|__)?\s*:(?:\*\*|__)?(?=\s|$)`,
  "iu",
);
const maxLabelWords = 4;
/** Above this share of labelled lines a text is plainly a thread, and one-line speakers are believed. */
const plainThreadShare = 0.6;

/**
 * Reads `Speaker: text` turns; lines without a label belong to the turn above.
 *
 * A label counts when it occurs twice, is the face's, or when most lines carry one: so "Note: …"
 * in a long turn makes no new speaker.
 *
 * @param faceSpeaker the face's label, compared without regard to case
 * @returns turns in order with exact offsets, and speakers in order of first appearance
 */
export function turns(text: string, faceSpeaker: string | null = null): Thread {
  const labelled = findLabels(text);
  const canonical = new Map<string, string>();
  for (const { speaker } of labelled.accept(faceSpeaker))
    if (!canonical.has(key(speaker))) canonical.set(key(speaker), speaker);
  const accepted = labelled.found.filter(({ speaker }) => canonical.has(key(speaker)));
  const found = accepted.map((entry, index): Turn => {
    const said = trimmed(text, { start: entry.bodyStart, end: accepted[index + 1]?.lineStart ?? text.length });
    return {
      ...said,
      speaker: canonical.get(key(entry.speaker)) ?? entry.speaker,
      text: text.slice(said.start, said.end),
      labelStart: entry.lineStart,
    };
  });
  return { turns: found, speakers: [...canonical.values()] };
}

/** Whether a turn's speaker is the face. */
export function isFaceSpeaker(speaker: string, faceSpeaker: string | null): boolean {
  return faceSpeaker !== null && key(speaker) === key(faceSpeaker);
}

type Label = { speaker: string; lineStart: number; bodyStart: number };

function findLabels(text: string): { found: Label[]; accept: (faceSpeaker: string | null) => Label[] } {
  const found: Label[] = [];
  let filled = 0;
  for (const line of lines(text, { start: 0, end: text.length })) {
    const head = text.slice(line.start, Math.min(line.end, line.start + 120));
    if (head.trim() === "") continue;
    filled += 1;
    const match = label.exec(head);
    const speaker = match?.[1]?.trim();
    if (!match || !speaker || speaker.split(/\s+/u).length > maxLabelWords || !/\p{L}/u.test(speaker)) continue;
    found.push({ speaker, lineStart: line.start, bodyStart: line.start + match[0].length });
  }
  const counts = new Map<string, number>();
  for (const { speaker } of found) counts.set(key(speaker), (counts.get(key(speaker)) ?? 0) + 1);
  const isPlain = found.length >= filled * plainThreadShare;
  return {
    found,
    accept: (faceSpeaker) =>
      found.filter(
        ({ speaker }) => isPlain || (counts.get(key(speaker)) ?? 0) > 1 || isFaceSpeaker(speaker, faceSpeaker),
      ),
  };
}

function key(speaker: string): string {
  return speaker.trim().replace(/\s+/gu, " ").toLowerCase();
}

function trimmed(text: string, { start, end }: Range): Range {
  let from = start;
  let to = end;
  while (from < to && /\s/u.test(text[from] ?? "")) from += 1;
  while (to > from && /\s/u.test(text[to - 1] ?? "")) to -= 1;
  return { start: from, end: to };
}
