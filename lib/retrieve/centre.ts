import means from "./means.json";

/**
 * What all sentences, and all questions in the first person, have in common to the encoder: means over the sentences of
 * public-domain books and everyday conversations, and over the questions of the bench's tuning half. Looking from there
 * is worth three points of the hits among the first five.
 */
export const sentenceCentre = Float32Array.from(means.sentences, (value) => value / 10_000);
const questionCentre = Float32Array.from(means.questions, (value) => value / 10_000);

/** A query's unit vector as seen from the middle of all questions; of unit length again. */
export function centredQuery(vector: Float32Array): Float32Array {
  const moved = vector.map((value, at) => value - (questionCentre[at] ?? 0));
  const length = Math.sqrt(moved.reduce((squares, value) => squares + value * value, 0));
  return length === 0 ? moved : moved.map((value) => value / length);
}
