/** Where a turn begins: its speaker's label, and the time before or behind it as it is written. */
export type TurnLabel = {
  /** null: a line with a time and no speaker, such as "Ann left the group" in a chat's export */
  speaker: string | null;
  stamp: string | null;
  lineStart: number;
  bodyStart: number;
};

type Candidate = TurnLabel & { indent: number };

const clock = String.raw`\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,6})?)?(?:[\s\u00a0\u202f]?[ap]\.?[\s\u00a0\u202f]?m\.?(?![\p{L}]))?`;
const day = String.raw`\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\.?`;
const dayAndClock = String.raw`${day}(?:(?:,|T|,?\s+(?:at|um|à)|)[\s\u00a0\u202f]*${clock}(?:Z|[+-]\d{2}:?\d{2})?)?`;
const bracketed = String.raw`[[(]\s*(?:${dayAndClock}|${clock})\s*[\])]`;
/** Bare times need their colon: "1.25 million" is no time. */
const bare = String.raw`(?:${dayAndClock}|(?!\d{1,2}\.)${clock})(?=[\s,:\u2013-]|$)`;
const stampBefore = String.raw`(?<stamp>${bracketed}|${bare}),?[\s\u00a0\u202f]*(?:[-–—][\s\u00a0]+)?`;
const stampBehind = String.raw`(?:\s*(?<behind>${bracketed}))?`;
const colon = String.raw`(?:\*\*|__)?${stampBehind}\s*:(?:\*\*|__)?(?=\s|$)`;

const marks = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
const stamped = new RegExp(String.raw`^${stampBefore}(?:(?:\*\*|__)?(?<speaker>[^:\n]{1,60}?)${colon})?`, "iu");
const plain = new RegExp(String.raw`^(?:\*\*|__)?(?<speaker>[\p{L}\p{N}@][^:\n*]{0,39}?)${colon}`, "iu");

const maxPlainWords = 4;
/** A line this far in continues the turn above: so the normal form marks its continuation lines. */
const continuationIndent = 2;
const headChars = 160;
/** Above this share of labelled lines a text is plainly a thread, and one-line speakers are believed. */
const plainThreadShare = 0.6;

/**
 * Finds where turns begin in a text of `Speaker: text` lines.
 *
 * A label is believed when it has a time as most others do, when it occurs twice, when it is the face's, or when most
 * lines carry one: so "Note: …" in a long turn makes no new speaker. Time is linear in the text.
 */
export function findTurnLabels(text: string, faceSpeaker: string | null = null): TurnLabel[] {
  const { candidates, filled } = readLines(text);
  const withSpeaker = candidates.filter(({ speaker }) => speaker !== null);
  const withTime = withSpeaker.filter(({ stamp }) => stamp !== null);
  if (withTime.length > 0 && withTime.length >= withSpeaker.length * plainThreadShare) {
    return candidates.filter(({ stamp }) => stamp !== null);
  }
  const counts = new Map<string, number>();
  for (const { speaker } of withSpeaker) counts.set(speakerKey(speaker), (counts.get(speakerKey(speaker)) ?? 0) + 1);
  const isPlain = withSpeaker.length >= filled * plainThreadShare;
  const face = faceSpeaker === null ? null : speakerKey(faceSpeaker);
  return withSpeaker.filter(
    ({ speaker }) => isPlain || (counts.get(speakerKey(speaker)) ?? 0) > 1 || speakerKey(speaker) === face,
  );
}

/** What two spellings of one speaker share. */
export function speakerKey(speaker: string | null): string {
  return (speaker ?? "").trim().replace(/\s+/gu, " ").toLowerCase();
}

/** Whether a line by itself looks like the start of a turn. @param head its first characters, 120 are enough */
export function beginsTurn(head: string): boolean {
  const indent = head.search(/\S/u);
  return indent >= 0 && readLabel(head, indent, 0)?.speaker !== undefined;
}

/** All lines that look like the start of a turn; indented ones only in a text that indents them all. */
function readLines(text: string): { candidates: Candidate[]; filled: number } {
  const candidates: Candidate[] = [];
  let atMargin = 0;
  let filled = 0;
  for (let lineStart = 0; lineStart < text.length;) {
    const found = text.indexOf("\n", lineStart);
    const lineEnd = found < 0 ? text.length : found;
    const head = text.slice(lineStart, Math.min(lineEnd, lineStart + headChars));
    const indent = head.search(/\S/u);
    if (indent >= 0) {
      filled += 1;
      if (indent < continuationIndent) atMargin += 1;
      const candidate = readLabel(head, indent, lineStart);
      if (candidate !== null) candidates.push(candidate);
    }
    lineStart = lineEnd + 1;
  }
  const margin = candidates.filter(({ indent, speaker }) => indent < continuationIndent && speaker !== null);
  if (margin.length === 0) return { candidates, filled };
  return { candidates: candidates.filter(({ indent }) => indent < continuationIndent), filled: atMargin };
}

function readLabel(head: string, indent: number, lineStart: number): Candidate | null {
  let from = indent;
  // chat programs put invisible marks of direction before their times
  while (marks.test(head[from] ?? "")) from += 1;
  const line = head.slice(from);
  const match = stamped.exec(line) ?? plain.exec(line);
  if (match === null) return null;
  const speaker = match.groups?.speaker?.trim() ?? null;
  const stamp = match.groups?.stamp ?? match.groups?.behind ?? null;
  if (stamp === null && (speaker === null || !isPlainName(speaker))) return null;
  if (speaker === "") return null;
  return { speaker, stamp, indent, lineStart, bodyStart: lineStart + from + match[0].length };
}

function isPlainName(speaker: string): boolean {
  return speaker.split(/\s+/u).length <= maxPlainWords && /\p{L}/u.test(speaker);
}
