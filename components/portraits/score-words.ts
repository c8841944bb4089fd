import { portraitsText } from "@/components/strings/portraits";
import type { PortraitView } from "@/lib/portraits/portrait-schemas";

const words = portraitsText.scoreWords;

/**
 * How near a face is to the photos, in words. Real photos of one person are near .5 to each other; of strangers, .31 was
 * the highest of all pairs that were measured (lib/vision/compare.ts).
 */
export function scoreWords({
  identity_score: score,
  is_mock,
}: Pick<PortraitView, "identity_score" | "is_mock">): string {
  if (is_mock) return words.mock;
  if (score === null) return words.none;
  if (score >= 0.8) return words.same;
  if (score >= 0.47) return words.clear;
  return score >= 0.31 ? words.like : words.other;
}
