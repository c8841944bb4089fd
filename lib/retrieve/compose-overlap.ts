/** Of a word that this many sets have, no more are looked up: it bounds the work where thousands say the same. */
const maxPostings = 1_000;

/**
 * Visits the pairs of sets of words that overlap by at least `least`, each once, by their places.
 *
 * Two such sets have a word in common among the rarest of each (the prefix filter of Chaudhuri, Ganti and Kaushik,
 * 2006), so that only those are looked up.
 *
 * @param least share of all words of both that both have (Jaccard), above 0
 */
export function eachOverlap(
  sets: readonly (readonly string[])[],
  least: number,
  visit: (a: number, b: number) => void,
): void {
  const ranked = rarestFirst(sets);
  const postings = new Map<number, number[]>();
  const seen = new Int32Array(sets.length).fill(-1);
  for (const [at, words] of ranked.entries()) {
    for (const word of words.slice(0, words.length - Math.ceil(least * words.length) + 1)) {
      const holders = postings.get(word) ?? [];
      for (const other of holders) {
        if (seen[other] === at) continue;
        seen[other] = at;
        if (overlap(ranked[other] ?? [], words) >= least) visit(other, at);
      }
      if (holders.length < maxPostings) holders.push(at);
      postings.set(word, holders);
    }
  }
}

/** Words as numbers, which grow with how many have them: each set sorted, the rarest word first. */
function rarestFirst(sets: readonly (readonly string[])[]): number[][] {
  const counts = new Map<string, number>();
  for (const words of sets) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const sorted = [...counts].sort(([a, n], [b, m]) => n - m || (a < b ? -1 : 1));
  const rank = new Map(sorted.map(([word], place) => [word, place]));
  return sets.map((words) => words.map((word) => rank.get(word) ?? 0).sort((a, b) => a - b));
}

function overlap(a: readonly number[], b: readonly number[]): number {
  let both = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [one, other] = [a[i] ?? 0, b[j] ?? 0];
    if (one === other) both += 1;
    if (one <= other) i += 1;
    if (other <= one) j += 1;
  }
  return both === 0 ? 0 : both / (a.length + b.length - both);
}
