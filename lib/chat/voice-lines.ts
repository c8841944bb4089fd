import { Voice } from "@/lib/compile/voice";

const maxOpeners = 5;
const maxFavourites = 6;
const maxExemplars = 6;

/** Shares from which on a habit is worth telling; below the second it is worth telling that it is missing. */
const habits = [
  ["questions", 0.2, 0.03, "You often end on a question.", "You seldom ask questions."],
  ["exclamations", 0.2, 0.01, "You use exclamation marks freely.", "You hardly ever use exclamation marks."],
  ["lower_case_starts", 0.3, null, "You often write without a capital at the start.", ""],
  ["ellipses", 0.15, null, "You often trail off with an ellipsis.", ""],
  ["emoji", 0.1, 0, "You use emoji.", "You use no emoji."],
  ["hedges", 0.2, null, "You hedge: maybe, I think, sort of.", ""],
  ["intensifiers", 0.25, null, "You intensify: very, really, so.", ""],
] as const;

/** Too few turns say nothing about a manner. */
const fewestTurns = 8;

/**
 * A measured voice as instructions, a line each; none when no thread was compiled.
 *
 * @param voice the face's stored voice (lib/compile/voice.ts)
 */
export function voiceLines(voice: unknown): string[] {
  const parsed = Voice.safeParse(voice);
  if (!parsed.success || parsed.data.turns === 0) return [];
  const measured = parsed.data;
  const manner =
    measured.turns < fewestTurns ? [] : [lengthLine(measured), ...habitLines(measured), ...wordLines(measured)];
  const shown = measured.exemplars.slice(0, maxExemplars).map((line) => quoted(line));
  return shown.length === 0 ? manner : [...manner, `Lines as you said them, for the manner only: ${shown.join(" ")}`];
}

function lengthLine({ words_median, words_p90 }: Voice): string {
  return `In conversation you mostly say about ${Math.max(1, Math.round(words_median))} words at a time, seldom more than ${Math.round(words_p90)}; say more when you are asked to explain.`;
}

function habitLines(voice: Voice): string[] {
  return habits.flatMap(([name, often, seldom, present, absent]) => {
    if (voice[name] >= often) return [present];
    return seldom !== null && voice[name] <= seldom ? [absent] : [];
  });
}

function wordLines({ openers, favourite_words }: Voice): string[] {
  const list = (counted: Voice["openers"], most: number) =>
    counted
      .slice(0, most)
      .map(({ text }) => quoted(text))
      .join(", ");
  return [
    openers.length === 0 ? "" : `You like to begin with ${list(openers, maxOpeners)}.`,
    favourite_words.length === 0 ? "" : `Words you come back to: ${list(favourite_words, maxFavourites)}.`,
  ].filter((line) => line !== "");
}

function quoted(text: string): string {
  return JSON.stringify(text.replace(/\s+/g, " ").trim());
}
