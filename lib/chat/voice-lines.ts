import { Voice } from "@/lib/compile/schemas";
import { quoted } from "./prompt-quote";

type Rate = Voice["contractions"];

/** Too few turns say nothing about a manner. */
const fewestTurns = 8;
/** A habit is told when it lies this many standard errors from the others', and is this many times theirs. */
const telling = { z: 2, times: 1.5 };
const maxOpeners = 4;
const maxPhrases = 5;
const maxWords = 6;
const maxExemplars = 8;
const maxExemplarWords = 30;
/** About 350 tokens: the voice stands in every prompt of the face. */
const maxChars = 1_600;

/** What is said of a habit that the face has more, or less, than others, or than `often` and `seldom` where it is alone. */
const habits: readonly {
  of: (voice: Voice) => Rate;
  often: number;
  seldom: number | null;
  more: string;
  less: string | null;
}[] = [
  {
    of: (voice) => voice.shares.questions,
    often: 0.4,
    seldom: 0.05,
    more: "You often ask questions.",
    less: "You seldom ask questions.",
  },
  {
    of: (voice) => voice.shares.exclamations,
    often: 0.25,
    seldom: 0.02,
    more: "You use exclamation marks freely.",
    less: "You hardly ever use exclamation marks.",
  },
  {
    of: (voice) => voice.shares.lower_case_starts,
    often: 0.3,
    seldom: null,
    more: "You often write without a capital at the start.",
    less: "You begin with a capital.",
  },
  {
    of: (voice) => voice.shares.open_ends,
    often: 0.3,
    seldom: null,
    more: "You often end without a full stop.",
    less: null,
  },
  {
    of: (voice) => voice.shares.capitals,
    often: 0.08,
    seldom: null,
    more: "You put words in capitals for emphasis.",
    less: null,
  },
  {
    of: (voice) => voice.punctuation_per_1000.ellipsis,
    often: 8,
    seldom: null,
    more: "You often trail off with an ellipsis.",
    less: null,
  },
  {
    of: (voice) => voice.punctuation_per_1000.dash,
    often: 10,
    seldom: null,
    more: "You break your sentences with dashes.",
    less: null,
  },
  {
    of: (voice) => voice.punctuation_per_1000.semicolon,
    often: 6,
    seldom: null,
    more: "You join sentences with semicolons.",
    less: null,
  },
  {
    of: (voice) => voice.punctuation_per_1000.parenthesis,
    often: 8,
    seldom: null,
    more: "You add asides in brackets.",
    less: null,
  },
  {
    of: (voice) => voice.contractions,
    often: 0.85,
    seldom: 0.1,
    more: "You contract: don't, it's, I'm.",
    less: "You seldom contract: it is, do not, I am.",
  },
];

/**
 * A measured voice as instructions, a line each; none when no thread was compiled. Only what is distinct is told: a
 * habit that everybody in the same threads has steers nothing. The same voice gives the same bytes.
 *
 * @param voice the face's stored voice (lib/compile/voice.ts), which nobody changes
 */
export function voiceLines(voice: unknown): readonly string[] {
  if (typeof voice !== "object" || voice === null) return [];
  const lines = known.get(voice) ?? linesOf(voice);
  known.set(voice, lines);
  return lines;
}

/** A face that was asked before comes with the same voice, as the process remembers it. */
const known = new WeakMap<object, readonly string[]>();

function linesOf(voice: object): readonly string[] {
  const parsed = Voice.safeParse(voice);
  if (!parsed.success) return [];
  const measured = parsed.data;
  const manner =
    measured.turns < fewestTurns ? [] : [lengthLine(measured), ...habitLines(measured), ...wordLines(measured)];
  const lines = withinBounds(manner, maxChars);
  const left = maxChars - lines.join("\n").length;
  return [...lines, ...exemplarLine(measured, left)];
}

function lengthLine({ turn_words, sentence_words }: Voice): string {
  const turn = `In conversation you mostly say about ${count(turn_words.median, "word")} at a time, seldom more than ${turn_words.p90}; say more when you are asked to explain.`;
  const { median, others } = sentence_words;
  const isShort = median <= 6 && (others === null || median < others);
  const isLong = median >= 16 && (others === null || median > others);
  if (!isShort && !isLong) return turn;
  return `${turn} Your sentences are ${isShort ? "short" : "long"}, about ${count(median, "word")}.`;
}

function habitLines(voice: Voice): string[] {
  const told = habits.flatMap(({ of, often, seldom, more, less }) => {
    const direction = directionOf(of(voice), often, seldom);
    return direction === "more" ? [more] : direction === "less" && less !== null ? [less] : [];
  });
  return [...told, ...emojiLine(voice), ...usedLine(voice.hedges_per_1000, 15, "hedge"), ...intensity(voice)];
}

/** Beside others, a habit is what differs from theirs; alone, or where everybody does it a lot, what is far from usual. */
function directionOf({ value, n, others, z }: Rate, often: number, seldom: number | null): "more" | "less" | null {
  if (n < fewestTurns) return null;
  if (others !== null && z !== null) {
    if (z >= telling.z && value >= others * telling.times) return "more";
    if (z <= -telling.z && value * telling.times <= others) return "less";
  }
  if (value >= often && (z === null || z >= 0)) return "more";
  return seldom !== null && value <= seldom && (z === null || z <= 0) ? "less" : null;
}

function emojiLine({ shares, emoji }: Voice): string[] {
  const direction = directionOf(shares.emoji, 0.1, null);
  if (direction === "more") {
    const used = emoji.slice(0, 4).map(({ text }) => text);
    return [`You use ${used.join(" ")}.`];
  }
  return direction === "less" ? ["You use no emoji."] : [];
}

function usedLine(used: Voice["hedges_per_1000"], often: number, verb: string): string[] {
  if (directionOf(used.rate, often, null) !== "more") return [];
  const words = used.list.slice(0, 4).map(({ text }) => quoted(text.replace(/\bi\b/gu, "I")));
  return words.length === 0 ? [] : [`You ${verb}: ${words.join(", ")}.`];
}

function intensity({ intensifiers_per_1000: used }: Voice): string[] {
  if (directionOf(used.rate, 40, 5) === "less") return ["You use few words like very, so or really."];
  return usedLine(used, 40, "intensify");
}

function wordLines({ openers, closers, phrases, favourite_words }: Voice): string[] {
  const line = (begin: string, list: Voice["openers"], most: number) => {
    const own = list.filter(({ z }) => z >= telling.z).slice(0, most);
    return own.length === 0
      ? []
      : [`${begin} ${own.map(({ text }) => quoted(text.replace(/\bi\b/gu, "I"))).join(", ")}.`];
  };
  return [
    ...line("You like to begin with", openers, maxOpeners),
    ...line("You like to end with", closers, maxOpeners),
    ...line("Phrases of yours:", phrases, maxPhrases),
    ...line("Words you come back to:", favourite_words, maxWords),
  ];
}

/** One line of each situation first, then a second; short ones, as many as fit. */
function exemplarLine({ exemplars }: Voice, left: number): string[] {
  const fitting = exemplars.filter(({ text }) => text.split(/\s+/u).length <= maxExemplarWords);
  const isFirst = (each: (typeof fitting)[number]) =>
    fitting.find(({ situation }) => situation === each.situation) === each;
  const ordered = [...fitting.filter(isFirst), ...fitting.filter((each) => !isFirst(each))];
  const shown = withinBounds(
    ordered.slice(0, maxExemplars).map(({ situation, text }) => `${situation} ${quoted(text)}`),
    left - 60,
  );
  return shown.length === 0 ? [] : [`Lines as you said them, for the manner only: ${shown.join("; ")}`];
}

/** As many lines, in their order, as stay within so many characters; one that is too long is left out. */
function withinBounds(lines: string[], chars: number): string[] {
  let used = 0;
  return lines.filter((line) => {
    if (used + line.length + 2 > chars) return false;
    used += line.length + 2;
    return true;
  });
}

function count(n: number, noun: string): string {
  const least = Math.max(1, Math.round(n));
  return `${least} ${noun}${least === 1 ? "" : "s"}`;
}
