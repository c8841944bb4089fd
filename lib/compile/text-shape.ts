/** How a text is written: the share of sentences that only tell what happened, and the logarithm of a sentence's mean length in words. */
export type TextShape = { past: number; length: number };

const past =
  /\b(?:was|were|had|did|\w+ed|went|came|saw|took|got|said|told|gave|found|thought|felt|left|met|sat|ran|stood|heard|made|knew|began|brought|bought|wrote|sent|kept|spoke|fell)\b/iu;
const lasting = /\b(?:am|is|are|have|has|do|don['’]t|can|always|never)\b/iu;

/** What a short text is taken for until it says more: sentences of the usual sort, added to its own. */
const usual = { sentences: 5, past: 0.35, words: 13 };

/** A text nothing is known of. */
export const usualShape: TextShape = { past: usual.past, length: Math.log(usual.words) };

/**
 * The shape of a text, which decides how readily its sentences are taken for lasting statements: narrative in
 * long sentences holds few of them, however much each may look like one.
 */
export function textShape(sentences: string[]): TextShape {
  const told = sentences.filter((sentence) => past.test(sentence) && !lasting.test(sentence)).length;
  const words = sentences.reduce((sum, sentence) => sum + sentence.split(/\s+/u).length, 0);
  const count = sentences.length + usual.sentences;
  return {
    past: (told + usual.sentences * usual.past) / count,
    length: Math.log((words + usual.sentences * usual.words) / count),
  };
}
