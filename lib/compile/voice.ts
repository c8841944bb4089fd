import { z } from "zod";
import { isStopWord } from "@/lib/retrieve/stop-words";
import { Listed, quantile, Rate, round, tally } from "./voice-compare";
import { Exemplar, exemplars } from "./voice-exemplars";
import { formality } from "./voice-formality";
import { edgesOf, favouritePhrases, favouriteWords, hedges, intensifiers, matchesOf, wordCount } from "./voice-lists";
import * as manner from "./voice-manner";
import { referenceFrequency } from "./voice-reference";
import type { VoiceTurn } from "./voice-turn";
import { namesIn, spoken, type SpokenTurn } from "./voice-words";

/** Lengths in words; `others` is the others' median. */
const Spread = z.object({ median: z.number(), p90: z.number(), n: z.number(), others: z.number().nullable() });
/** A figure that has no simple test: `others` is the same of the others. */
const Level = z.object({ value: z.number(), n: z.number(), others: z.number().nullable() });
const Used = z.object({ rate: Rate, list: Listed });

/**
 * How a face speaks, measured over its own turns and beside the other speakers of the same threads. Shares are 0 to 1;
 * `per_1000` figures are per thousand words.
 */
export const Voice = z.object({
  turns: z.number(),
  words: z.number(),
  threads: z.number(),
  other_turns: z.number(),
  turn_words: Spread,
  sentence_words: Spread,
  /** shares of turns: that ask, exclaim, begin with a small letter, end without a mark, hold emoji, shout a word */
  shares: z.object({
    questions: Rate,
    exclamations: Rate,
    lower_case_starts: Rate,
    open_ends: Rate,
    emoji: Rate,
    capitals: Rate,
  }),
  punctuation_per_1000: z.object({
    comma: Rate,
    semicolon: Rate,
    colon: Rate,
    dash: Rate,
    exclamation: Rate,
    question: Rate,
    ellipsis: Rate,
    parenthesis: Rate,
    quotation: Rate,
  }),
  hedges_per_1000: Used,
  intensifiers_per_1000: Used,
  /** of the places where English can contract */
  contractions: Rate,
  /** F-score of Heylighen and Dewaele: talk is about 40, a newspaper about 65 */
  formality: Level.nullable(),
  /** different words among any 50 in a row; null below 50 words */
  variety: Level.nullable(),
  emoji: z.array(z.object({ text: z.string(), count: z.number() })),
  /** per turn */
  openers: Listed,
  closers: Listed,
  /** per thousand words */
  phrases: Listed,
  favourite_words: Listed,
  exemplars: z.array(Exemplar),
});
export type Voice = z.infer<typeof Voice>;

const varietyWindow = 50;
const mostEmoji = 12;

/**
 * Measures the face's way of speaking. Deterministic: the same turns in the same order give the same voice.
 *
 * @param turns every turn of the face's threads, in order
 * @returns null when none of them is the face's
 */
export async function measureVoice(turns: VoiceTurn[]): Promise<Voice | null> {
  const all = turns.map((turn) => ({ turn, said: spoken(turn.text) })).filter(({ said }) => said.words.length > 0);
  const own = all.filter(({ turn }) => turn.isFace).map(({ said }) => said);
  const others = all.filter(({ turn }) => !turn.isFace).map(({ said }) => said);
  if (own.length === 0) return null;
  const words = vocabularyOf(own, others, namesIn(turns.map(({ text }) => text)));
  const turnWords = spread(own, others, (each) => [each.words.length]);
  const telling = [...words.phrases, ...words.openers, ...words.favourite_words].map(
    ({ text, z }): [string, number] => [text, z],
  );
  return {
    turns: own.length,
    words: wordCount(own),
    threads: new Set(all.filter(({ turn }) => turn.isFace).map(({ turn }) => turn.documentId)).size,
    other_turns: others.length,
    turn_words: turnWords,
    sentence_words: spread(own, others, (each) => each.sentences.map(({ length }) => length)),
    ...mannerOf(own, others),
    formality: await formalityOf(own, others),
    variety: level(variety(own), variety(others)),
    ...words,
    exemplars: exemplars(all, new Map(telling), turnWords.median),
  };
}

function mannerOf(own: SpokenTurn[], others: SpokenTurn[]) {
  const sides = { own, others };
  const used = (pattern: RegExp) => ({ rate: manner.perWords(sides, pattern), list: matchesOf(pattern, own, others) });
  return {
    shares: {
      questions: manner.turnShare(sides, manner.asks),
      exclamations: manner.turnShare(sides, manner.exclaims),
      lower_case_starts: manner.turnShare(sides, manner.beginsSmall),
      open_ends: manner.turnShare(sides, manner.endsOpen),
      emoji: manner.turnShare(sides, (turn) => manner.emojiOf(turn).length > 0),
      capitals: manner.turnShare(sides, manner.shouts),
    },
    punctuation_per_1000: manner.punctuation(sides),
    hedges_per_1000: used(hedges),
    intensifiers_per_1000: used(intensifiers),
    contractions: manner.contractionShare(sides),
    emoji: [...tally(own.flatMap(manner.emojiOf))]
      .map(([text, count]) => ({ text, count }))
      .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
      .slice(0, mostEmoji),
  };
}

function vocabularyOf(own: SpokenTurn[], others: SpokenTurn[], names: Set<string>) {
  const isCommon = (word: string) => isStopWord(word.replaceAll("'", ""));
  const isName = (text: string) =>
    text.split(" ").some((word) => names.has(word) || names.has(word.replace(/'s$/u, "")));
  const withoutNames = (list: Listed) => list.filter(({ text }) => !isName(text));
  return {
    openers: withoutNames(edgesOf("start", own, others)),
    closers: withoutNames(edgesOf("end", own, others)),
    phrases: withoutNames(favouritePhrases(own, others, isCommon)),
    favourite_words: favouriteWords(own, others, (word) => isCommon(word) || isName(word), referenceFrequency()),
  };
}

function spread(own: SpokenTurn[], others: SpokenTurn[], lengths: (turn: SpokenTurn) => number[]) {
  const mine = own.flatMap(lengths);
  const theirs = others.flatMap(lengths);
  return {
    median: quantile(mine, 0.5),
    p90: quantile(mine, 0.9),
    n: mine.length,
    others: theirs.length === 0 ? null : quantile(theirs, 0.5),
  };
}

async function formalityOf(own: SpokenTurn[], others: SpokenTurn[]) {
  return level(await formality(own), await formality(others));
}

/** Mean share of different words in every window of 50 (Covington and McFall 2010), which does not fall with length. */
function variety(turns: SpokenTurn[]): { value: number; n: number } | null {
  const words = turns.flatMap((turn) => turn.words);
  if (words.length < varietyWindow) return null;
  const window = new Map<string, number>();
  let sum = 0;
  for (const [at, word] of words.entries()) {
    window.set(word, (window.get(word) ?? 0) + 1);
    const gone = words[at - varietyWindow];
    if (gone !== undefined) {
      const left = (window.get(gone) ?? 1) - 1;
      if (left === 0) window.delete(gone);
      else window.set(gone, left);
    }
    if (at >= varietyWindow - 1) sum += window.size / varietyWindow;
  }
  return { value: round(sum / (words.length - varietyWindow + 1)), n: words.length };
}

function level(own: { value: number; n: number } | null, others: { value: number } | null) {
  return own === null ? null : { ...own, others: others?.value ?? null };
}
