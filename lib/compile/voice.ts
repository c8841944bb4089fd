import { z } from "zod";
import { isStopWord } from "@/lib/retrieve/stop-words";

const Counted = z.array(z.object({ text: z.string(), n: z.number() }));

/** How a face speaks, measured over its own turns. Shares are 0 to 1, of all turns unless said. */
export const Voice = z.object({
  turns: z.number(),
  /** words in a turn: median and 90th percentile */
  words_median: z.number(),
  words_p90: z.number(),
  questions: z.number(),
  exclamations: z.number(),
  lower_case_starts: z.number(),
  ellipses: z.number(),
  emoji: z.number(),
  /** of turns that hold a hedge such as "maybe", or an intensifier such as "really" */
  hedges: z.number(),
  intensifiers: z.number(),
  openers: Counted,
  closers: Counted,
  favourite_words: Counted,
  /** turns as they were said, spread over the threads */
  exemplars: z.array(z.string()),
});
export type Voice = z.infer<typeof Voice>;

const hedges = /\b(?:maybe|perhaps|i think|i guess|i suppose|sort of|kind of|probably|might|not sure|somehow)\b/iu;
const intensifiers = /\b(?:very|really|so|absolutely|totally|completely|extremely|awfully|terribly|quite|utterly)\b/iu;
const maxListed = 8;
const maxExemplars = 8;
const exemplarWords = { min: 5, max: 40 };

/**
 * Measures the face's way of speaking. Deterministic: the same turns in the same order give the same voice.
 *
 * @param turns what the face said, a turn each
 */
export function measureVoice(turns: string[]): Voice {
  const words = turns.map(wordsOf);
  const lengths = words.map((each) => each.length).sort((a, b) => a - b);
  const share = (holds: (turn: string) => boolean) => round(turns.filter(holds).length / Math.max(1, turns.length));
  return {
    turns: turns.length,
    words_median: quantile(lengths, 0.5),
    words_p90: quantile(lengths, 0.9),
    questions: share((turn) => /\?\s*["'”’)]?\s*$/u.test(turn)),
    exclamations: share((turn) => turn.includes("!")),
    lower_case_starts: share((turn) => /^\s*\p{Ll}/u.test(turn)),
    ellipses: share((turn) => /…|\.\.\./u.test(turn)),
    emoji: share((turn) => /\p{Extended_Pictographic}/u.test(turn)),
    hedges: share((turn) => hedges.test(turn)),
    intensifiers: share((turn) => intensifiers.test(turn)),
    openers: frequent(words.map((each) => each.slice(0, 2).join(" ")).filter((text) => text.includes(" "))),
    closers: frequent(words.map((each) => each.at(-1) ?? "")),
    favourite_words: frequent(words.flat().filter((word) => word.length > 3 && !isStopWord(word.replaceAll("'", "")))),
    exemplars: exemplars(turns, words),
  };
}

function wordsOf(turn: string): string[] {
  return (
    turn
      .toLowerCase()
      .replaceAll("’", "'")
      .match(/[\p{L}\p{N}]+(?:'[\p{L}]+)*/gu) ?? []
  );
}

/** What occurs more than once, most often first, ties in the order of the alphabet. */
function frequent(texts: string[]): Voice["openers"] {
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== "") counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts]
    .filter(([, n]) => n > 1)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, maxListed)
    .map(([text, n]) => ({ text, n }));
}

/** Turns of a length that shows a manner, taken at even distances so that no one talk has them all. */
function exemplars(turns: string[], words: string[][]): string[] {
  const fitting = turns.filter((_turn, index) => {
    const length = words[index]?.length ?? 0;
    return length >= exemplarWords.min && length <= exemplarWords.max;
  });
  const step = Math.max(1, fitting.length / maxExemplars);
  const chosen = Array.from({ length: maxExemplars }, (_each, index) => fitting[Math.floor(index * step)]);
  return [...new Set(chosen.filter((turn) => turn !== undefined))];
}

/** Nearest-rank quantile of sorted numbers; 0 of none. */
function quantile(sorted: number[], q: number): number {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;
}

function round(share: number): number {
  return Math.round(share * 1000) / 1000;
}
