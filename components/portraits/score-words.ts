import { portraitsText } from "@/components/strings/portraits";

/** Distance .55 of the descriptor, where one person begins; strangers are below .31 (lib/vision/compare.ts). */
const alikeFrom = 0.47;
const veryFrom = 0.75;
const somewhatFrom = 0.31;

/** What a likeness means in a word. @param score cosine to the photos, -1 to 1 */
export function scoreWord(score: number): string {
  const { very, alike, somewhat, hardly } = portraitsText.scoreWords;
  if (score >= veryFrom) return very;
  if (score >= alikeFrom) return alike;
  return score >= somewhatFrom ? somewhat : hardly;
}

/** "Very alike 0.82" */
export const scoreText = (score: number | null): string =>
  score === null ? portraitsText.noScore : portraitsText.score(scoreWord(score), score);
