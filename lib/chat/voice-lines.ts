import { Voice } from "@/lib/compile/voice";

/** Below this share a trait is not worth a word in the prompt; above it the face would sound wrong without. */
const notable = 0.15;

/**
 * How a face speaks, as lines for the prompt.
 *
 * @param stored the face's voice as it is stored; null for a face without threads
 * @returns none when there is no voice; the same lines for the same voice
 */
export function voiceLines(stored: unknown): string[] {
  const voice = Voice.safeParse(stored).data;
  if (voice === undefined || voice.turns === 0) return [];
  const lines = [`Usually about ${voice.words_median} words at a time, seldom more than ${voice.words_p90}.`];
  if (voice.questions >= notable) lines.push(`${percent(voice.questions)} of what you say ends in a question.`);
  lines.push(voice.exclamations >= notable ? "You use exclamation marks." : "You use few exclamation marks.");
  if (voice.lower_case_starts >= 0.5) lines.push("You mostly begin in lower case.");
  lines.push(voice.emoji >= notable ? "You use emoji." : "You use no or few emoji.");
  if (voice.hedges >= notable) lines.push("You hedge: maybe, I think, sort of.");
  if (voice.openers.length > 0) lines.push(`You often begin with ${list(voice.openers)}.`);
  if (voice.favourite_words.length > 0) lines.push(`Words you like: ${list(voice.favourite_words)}.`);
  for (const line of voice.exemplars) lines.push(`You once said: ${JSON.stringify(line.replace(/\s+/g, " ").trim())}`);
  return lines;
}

function list(counted: { text: string }[]): string {
  return counted.map(({ text }) => JSON.stringify(text)).join(", ");
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
