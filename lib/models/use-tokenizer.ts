import { z } from "zod";

/** The vocabulary file: [piece, log probability], a few scores lost to `null` when the file was converted. */
const Vocabulary = z.array(z.tuple([z.string(), z.number().nullable()]));

/** SentencePiece writes a word's leading space as this sign. */
const WORD_START = "▁";
/** The first ids are markers (unknown, sentence start and end, spare), never pieces of text. */
const RESERVED_IDS = 6;
const UNKNOWN_ID = 0;
/** Below any real score, so that a known piece always wins over the unknown sign. */
const UNKNOWN_PENALTY = 10;
/**
 * A sentence of 80 words is about 500 characters; the encoder's attention is quadratic, so longer
 * texts are cut before any work is done on them.
 */
export const maxEncodedChars = 1_000;
/** Pieces after this many say little more about a sentence and cost quadratic time. */
export const maxEncodedPieces = 160;

export type UseTokenizer = (text: string) => number[];

type Piece = { id: number; score: number };

/**
 * Makes the unigram tokenizer of the Universal Sentence Encoder (lite).
 *
 * The best segmentation is the path with the highest sum of log probabilities (Viterbi),
 * as in Kudo 2018, "Subword Regularization".
 *
 * @param vocabularyJson the parsed `vocab.json` of the model
 * @returns ids of one text; an empty text reads as "."
 */
export function useTokenizer(vocabularyJson: unknown): UseTokenizer {
  const pieces = new Map<string, Piece>();
  let longest = 1;
  let lowest = 0;
  let previous = 0;
  for (const [id, [text, score]] of Vocabulary.parse(vocabularyJson).entries()) {
    if (id < RESERVED_IDS) continue;
    // Ids follow descending frequency, so a lost score is as good as its neighbour's.
    const known = score === null || score === 0 ? previous : score;
    previous = known;
    pieces.set(text, { id, score: known });
    longest = Math.max(longest, [...text].length);
    lowest = Math.min(lowest, known);
  }
  const unknownScore = lowest - UNKNOWN_PENALTY;
  return (text) => bestSegmentation([...prepare(text)], pieces, longest, unknownScore).slice(0, maxEncodedPieces);
}

/** One line, compatibility-composed, well-formed, bounded; the length check comes first because the rest costs by length. */
function prepare(text: string): string {
  const line = text
    .slice(0, maxEncodedChars)
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .normalize("NFKC")
    .replace(/\s+/gu, " ")
    .trim();
  return WORD_START + (line === "" ? "." : line).replaceAll(" ", WORD_START);
}

function bestSegmentation(
  symbols: string[],
  pieces: Map<string, Piece>,
  longest: number,
  unknownScore: number,
): number[] {
  const score = new Float64Array(symbols.length + 1).fill(-Infinity);
  const from = new Int32Array(symbols.length + 1);
  const id = new Int32Array(symbols.length + 1);
  score[0] = 0;
  const relax = (start: number, end: number, piece: Piece): void => {
    const reached = (score[start] ?? 0) + piece.score;
    if (reached <= (score[end] ?? 0)) return;
    score[end] = reached;
    from[end] = start;
    id[end] = piece.id;
  };
  for (let start = 0; start < symbols.length; start += 1) {
    relax(start, start + 1, { id: UNKNOWN_ID, score: unknownScore });
    let text = "";
    for (let end = start; end < Math.min(symbols.length, start + longest); end += 1) {
      text += symbols[end] ?? "";
      const piece = pieces.get(text);
      if (piece) relax(start, end + 1, piece);
    }
  }
  const ids: number[] = [];
  for (let end = symbols.length; end > 0; end = from[end] ?? 0) {
    const current = id[end] ?? UNKNOWN_ID;
    // A run of unknown signs is one unknown, as in training.
    if (current !== UNKNOWN_ID || ids.at(-1) !== UNKNOWN_ID) ids.push(current);
  }
  return ids.reverse();
}
