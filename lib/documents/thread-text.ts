import { findTurnLabels, speakerKey } from "./thread-labels";
import { resolveTimes } from "./thread-times";

/**
 * One turn of a conversation, whatever export it came from.
 *
 * `at` is `YYYY-MM-DD HH:MM`, or `HH:MM:SS` into a recording.
 */
export type ThreadTurn = { speaker: string; text: string; at?: string | undefined };

/** A stretch that one speaker says: `text.slice(start, end)` is what was said, without label and outer white space. */
export type SpokenRange = { speaker: string; stamp: string | null; labelStart: number; start: number; end: number };

const maxNameChars = 40;
const maxNameWords = 4;

/**
 * Writes a conversation in the one form in which all threads are stored, quoted and compiled:
 *
 *     [2024-05-01 10:00] Ann: Tea?
 *     [10:02] Bob: Yes, please.
 *       And two of these: biscuits.
 *     [2024-05-02 09:15] Ann: Good morning.
 *
 * A turn is `[time] Speaker: text`. The day is told where it changes; without times the brackets are left out. Further
 * lines of a turn are indented by two spaces, so that none can be taken for a new speaker. Reading the result gives the
 * same turns (`spokenTurns`), for names that `toSpeakerName` leaves as they are and texts that `tidyTurn` does.
 */
export function formatThread(turns: readonly ThreadTurn[]): string {
  const spoken = turns.map((turn) => ({ ...turn, text: tidyTurn(turn.text) })).filter(({ text }) => text !== "");
  // one turn without a time would be taken for text of the turn above
  const isTimed = spoken.every(({ at }) => at !== undefined && at !== "");
  let day = "";
  return spoken
    .map(({ speaker, text, at = "" }) => {
      const [date, clock] = at.includes(" ") ? (at.split(" ") as [string, string]) : ["", at];
      const stamp = date !== "" && date !== day ? at : clock;
      if (date !== "") day = date;
      return `${isTimed ? `[${stamp}] ` : ""}${toSpeakerName(speaker)}: ${text.replace(/\n(?=[^\n])/gu, "\n  ")}`;
    })
    .join("\n");
}

/** A name as it can stand before a colon: one line, no colon, at most four words and 40 characters. */
export function toSpeakerName(name: string): string {
  const words = name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}:*[\]()]+/gu, " ")
    .replace(/^[^\p{L}\p{N}@]+/u, "")
    .trim()
    .split(/\s+/u)
    .slice(0, maxNameWords)
    .join(" ");
  const short = [...words]
    .slice(0, maxNameChars)
    .join("")
    .replace(/[\s_]+$/u, "");
  if (short === "") return "Unknown";
  return /\p{L}/u.test(short) ? short : `User ${short}`.slice(0, maxNameChars);
}

/** What was said, with plain line breaks and without white space at the ends of lines. */
export function tidyTurn(text: string): string {
  return text
    .toWellFormed()
    .replaceAll("\0", "")
    .replace(/\r\n?|[\u000b\u000c\u0085\u2028\u2029]/gu, "\n")
    .replace(/[^\S\n]+$/gmu, "")
    .trim();
}

/** The text of a turn without the indentation that the normal form gives its further lines. */
export function unindented(text: string): string {
  return text.replace(/\n {2}/gu, "\n");
}

/** Where each turn of a text stands, in order, one speaker in one spelling. @param faceSpeaker a label to believe */
export function spokenRanges(text: string, faceSpeaker: string | null = null): SpokenRange[] {
  const labels = findTurnLabels(text, faceSpeaker);
  const names = new Map<string, string>();
  return labels.flatMap(({ speaker, stamp, lineStart, bodyStart }, index) => {
    if (speaker === null) return [];
    if (!names.has(speakerKey(speaker))) names.set(speakerKey(speaker), speaker);
    let start = bodyStart;
    let end = labels[index + 1]?.lineStart ?? text.length;
    while (start < end && /\s/u.test(text[start] ?? "")) start += 1;
    while (end > start && /\s/u.test(text[end - 1] ?? "")) end -= 1;
    return [{ speaker: names.get(speakerKey(speaker)) ?? speaker, stamp, labelStart: lineStart, start, end }];
  });
}

/** Reads the turns of a text with `Speaker: text` lines, in the normal form or as people write it. */
export function spokenTurns(text: string): ThreadTurn[] {
  const ranges = spokenRanges(text);
  const times = resolveTimes(ranges.map(({ stamp }) => stamp));
  return ranges.map(({ speaker, start, end }, index) => {
    const at = times[index];
    const turn = { speaker, text: unindented(text.slice(start, end)) };
    return at === undefined ? turn : { ...turn, at };
  });
}
