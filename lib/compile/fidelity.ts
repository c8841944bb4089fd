import type { Figure } from "./schemas";

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
