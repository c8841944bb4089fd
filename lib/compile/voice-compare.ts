import type { Rate } from "./schemas";

export type Count = { count: number; n: number };

/** A share of turns or of occasions; `z` is the two-proportion test with pooled variance. */
export function share(own: Count, others: Count): Rate {
  const pooled = (own.count + others.count) / Math.max(1, own.n + others.n);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / Math.max(1, own.n) + 1 / Math.max(1, others.n)));
  return rate(own, others, 1, error);
}

/** Occurrences per thousand words; `z` compares two Poisson rates. */
export function perThousand(own: Count, others: Count): Rate {
  const pooled = (own.count + others.count) / Math.max(1, own.n + others.n);
  const error = Math.sqrt(pooled * (1 / Math.max(1, own.n) + 1 / Math.max(1, others.n)));
  return rate(own, others, 1000, error);
}

function rate(own: Count, others: Count, scale: number, error: number): Rate {
  const value = own.count / Math.max(1, own.n);
  const compared = others.n === 0 ? null : others.count / others.n;
  return {
    value: round(value * scale),
    count: own.count,
    n: own.n,
    others: compared === null ? null : round(compared * scale),
    z: compared === null ? null : error === 0 ? 0 : round((value - compared) / error),
  };
}

/**
 * How surprising a count is where `expected` was to be expected: the signed root of the log-likelihood ratio of a
 * Poisson count (Dunning 1993, for one corpus against a fixed rate). About normal: 2 is unusual, 3 very.
 */
export function surprise(count: number, expected: number): number {
  const ratio = count === 0 ? 0 : count * Math.log(count / expected);
  return Math.sign(count - expected) * Math.sqrt(Math.max(0, 2 * (ratio - (count - expected))));
}

/** Counts of texts, each once per occurrence. */
export function tally(texts: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== "") counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** Nearest-rank quantile of numbers in any order; 0 of none. */
export function quantile(values: number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;
}

/** Three decimals: what is stored is the same on every machine. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
