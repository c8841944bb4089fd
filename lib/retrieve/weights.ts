/** How much each cue counts, on absolute scales. */
export type Weights = {
  /** BM25 with neighbours, as a share of the most that the question could score */
  words: number;
  /** cosine with the nearest sentence */
  sentence: number;
  /** cosine with the preceding span and this one together */
  context: number;
  /** cosine with the nearest sentence of what was asked before it */
  asked: number;
  /** a piece of a book that is somebody else's: a letter, an editor's note */
  foreign: number;
  /** the span is a question */
  question: number;
  /** each pair of neighbouring words that is in the question too, up to three */
  pair: number;
  /** the question asks for a time, and the span names one */
  when: number;
  /** closeness of the years that both name */
  year: number;
  /** each doubling of its length in words of a topic */
  length: number;
  /** a statement of the face was read in it, by its confidence */
  statement: number;
};

/**
 * What is said in a conversation is understood by what it answers; a piece of a book by its own sentences. Chosen on
 * the tuning half of `npm run bench:retrieve`, jittered by a tenth so that no single question decides.
 */
export const weights: Readonly<Record<"turn" | "paragraph", Weights>> = {
  turn: {
    ...{ words: 12, sentence: 2.5, context: 6.5, asked: 3, foreign: 0, question: -0.5 },
    ...{ pair: 0.5, when: 1.2, year: 4.6, length: 0.6, statement: 0.3 },
  },
  paragraph: {
    ...{ words: 12, sentence: 10, context: 3, asked: 3, foreign: -2, question: -2 },
    ...{ pair: 1.5, when: 1.75, year: 4.6, length: 0.2, statement: 0.3 },
  },
};
