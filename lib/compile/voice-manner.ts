import type { Rate } from "./schemas";
import { type Count, perThousand, share } from "./voice-compare";
import { type SpokenTurn } from "./voice-words";
import { wordCount } from "./voice-lists";

type Sides = { own: SpokenTurn[]; others: SpokenTurn[] };

/** Marks as they are counted; a pair counts once. An emoticon is no bracket. */
const marks = {
  comma: /,/gu,
  semicolon: /;(?![-']?[)(D])/gu,
  colon: /:(?![-']?[)(DPp/|])(?=\s|$)/gu,
  dash: /—|–|--+|\s-\s/gu,
  exclamation: /!/gu,
  question: /\?/gu,
  ellipsis: /…|\.\s?\.\s?\./gu,
  parenthesis: /(?<![:;=8][-']?)\([^()]*[^():;]\)/gu,
  quotation: /“[^”]*”|"[^"]*"|‘[^’]{3,}’/gu,
} as const;

export const markNames = Object.keys(marks) as (keyof typeof marks)[];

const emoji =
  /(?:\p{Regional_Indicator}{2}|(?![©®™])\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier}|\u200D\p{Extended_Pictographic})*)/gu;
const emoticon = /(?<![\p{L}\p{N}])(?:[:;=8]'?-?[)(DPpOo/|]+|<3|xD)(?![\p{L}\p{N}])/gu;

const contracted =
  /\b(?:\p{L}+n't|\p{L}+'(?:m|re|ve|ll|d)|(?:it|that|what|he|she|there|who|let|here|how|where)'s)(?!\p{L})/giu;
const spelledOut =
  /\b(?:(?:do|does|did|is|are|was|were|has|had|will|would|could|should|must|need) not|cannot|can not|i am|(?:you|we|they) are|(?:i|you|he|she|it|we|they) (?:will|would|shall)|(?:it|that|what|he|she|there|who|here) is|let us)\b/giu;

/** Every mark, per thousand words. */
export function punctuation({ own, others }: Sides): Record<keyof typeof marks, Rate> {
  return Object.fromEntries(
    markNames.map((name) => [name, perThousand(occurrences(own, marks[name]), occurrences(others, marks[name]))]),
  ) as Record<keyof typeof marks, Rate>;
}

/** Share of turns in which a pattern occurs. */
export function turnShare({ own, others }: Sides, holds: (turn: SpokenTurn) => boolean): Rate {
  const count = (turns: SpokenTurn[]): Count => ({ count: turns.filter(holds).length, n: turns.length });
  return share(count(own), count(others));
}

/** Occurrences of a pattern per thousand words. */
export function perWords({ own, others }: Sides, pattern: RegExp): Rate {
  return perThousand(occurrences(own, pattern), occurrences(others, pattern));
}

/** Of the places where English can contract ("it is", "do not"): the share where it was. */
export function contractionShare({ own, others }: Sides): Rate {
  const count = (turns: SpokenTurn[]): Count => {
    const [short, long] = [occurrences(turns, contracted).count, occurrences(turns, spelledOut).count];
    return { count: short, n: short + long };
  };
  return share(count(own), count(others));
}

/** Emoji and emoticons as they were written, most often first. */
export function emojiOf({ text }: SpokenTurn): string[] {
  return [...(text.match(emoji) ?? []), ...(text.match(emoticon) ?? [])];
}

export const asks = ({ text }: SpokenTurn): boolean => /\?/u.test(text);
export const exclaims = ({ text }: SpokenTurn): boolean => text.includes("!");
export const beginsSmall = ({ text }: SpokenTurn): boolean => /^[\s"'“‘(]*\p{Ll}/u.test(text);
export const endsOpen = ({ text }: SpokenTurn): boolean => /[\p{L}\p{N}]["'”’]?\s*$/u.test(text);
/** A word in capitals of three letters and more that is not the whole line of a name or a number. */
export const shouts = ({ text }: SpokenTurn): boolean => /(?<![\p{L}.])\p{Lu}{3,}(?![\p{L}.])/u.test(text);

function occurrences(turns: SpokenTurn[], pattern: RegExp): Count {
  const count = turns.reduce((sum, { text }) => sum + (text.replaceAll("’", "'").match(pattern)?.length ?? 0), 0);
  return { count, n: wordCount(turns) };
}
