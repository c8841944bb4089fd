import { isStopWord } from "@/lib/retrieve/stop-words";
import type { Listed, Voice } from "./schemas";
import { quantile, round, tally } from "./voice-compare";
import { exemplars } from "./voice-exemplars";
import { formality } from "./voice-formality";
import { edgesOf, favouritePhrases, favouriteWords, hedges, intensifiers, matchesOf, wordCount } from "./voice-lists";
import * as manner from "./voice-manner";
import { referenceFrequency } from "./voice-reference";
import type { VoiceTurn } from "./voice-turn";
import { namesIn, spoken, type SpokenTurn } from "./voice-words";

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
