import { z } from "zod";
import { components } from "./grammar";

/**
 * A measured figure with its 95 % interval. `n` is how many things it was measured on; where all of them were
 * counted, the interval is the value itself. Too few to tell: no value, and why.
 */
export const Figure = z.union([
  z.object({ value: z.number(), n: z.number(), low: z.number(), high: z.number() }),
  z.object({ value: z.null(), reason: z.string() }),
]);
export type Figure = z.infer<typeof Figure>;

const Counted = z.object({ active: z.number(), draft: z.number() });

/** How good a compiled face is, measured on itself. */
export const Fidelity = z.object({
  /** texts in the graph */
  documents: Figure,
  /** their tokens, as compiling counts them */
  tokens: Figure,
  /** by component, as the owner has them; what is disabled counts nowhere */
  primitives: z.object(
    Object.fromEntries(components.map((each) => [each, Counted])) as Record<
      (typeof components)[number],
      typeof Counted
    >,
  ),
  /** share of the characters of the face's own text that stand in a quote of an active primitive; n: characters */
  coverage: Figure,
  /** tokens of all active primitives over tokens of the texts: smaller is terser; n: tokens of the texts */
  compression: Figure,
  /** of 100 active primitives, how many have a twin left: cosine ≥ .9, same polarity; n: primitives that were compared */
  duplicates: Figure,
  /** pairs of primitives that contradict each other and are both kept; n: primitives */
  tensions: Figure,
  /** how well a turn can be told from the others' by its manner alone: .5 is a guess, 1 is always; n: turns of the face */
  voice_distinctness: Figure,
  /**
   * Of sentences of the face, the share that find support in what the other sentences gave: an active primitive with
   * cosine ≥ .6 once all that came out of the sentence itself is taken away; n: sentences, drawn by their content
   */
  held_out_support: Figure,
});
export type Fidelity = z.infer<typeof Fidelity>;

/** z of a 95 % interval. */
const z95 = 1.96;
/** A share of fewer tells nothing. */
export const fewestForShare = 20;

export const notEnoughText: Figure = { value: null, reason: "not enough text" };

/** Something that was counted whole. */
export function exact(value: number, n: number): Figure {
  const rounded = round(value);
  return { value: rounded, n, low: rounded, high: rounded };
}

/**
 * A share with Wilson's interval (1927), which holds for small n and near 0 and 1.
 *
 * @param scale 100 gives it per hundred
 */
export function share(hits: number, n: number, scale = 1): Figure {
  if (n < fewestForShare) return notEnoughText;
  const p = hits / n;
  const square = z95 * z95;
  const middle = (p + square / (2 * n)) / (1 + square / n);
  const half = (z95 * Math.sqrt((p * (1 - p)) / n + square / (4 * n * n))) / (1 + square / n);
  return {
    value: round(p * scale),
    n,
    low: round(Math.max(0, middle - half) * scale),
    high: round(Math.min(1, middle + half) * scale),
  };
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

type Place = { start: number; end: number };

/** Characters of `texts` that stand in a quote. Both are of one document; texts do not overlap each other. */
export function coveredCharacters(texts: Place[], quotes: Place[]): number {
  const sorted = [...quotes].sort((a, b) => a.start - b.start || a.end - b.end);
  const merged: Place[] = [];
  for (const { start, end } of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  let covered = 0;
  let at = 0;
  for (const text of [...texts].sort((a, b) => a.start - b.start)) {
    while ((merged[at]?.end ?? Infinity) <= text.start) at += 1;
    for (let next = at; (merged[next]?.start ?? Infinity) < text.end; next += 1) {
      const quote = merged[next];
      if (quote) covered += Math.max(0, Math.min(text.end, quote.end) - Math.max(text.start, quote.start));
    }
  }
  return covered;
}
