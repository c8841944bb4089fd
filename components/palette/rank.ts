/** Something that can be found by its name. */
export type Findable = { label: string; keywords?: readonly string[] | undefined };

/**
 * How well a thing fits what is typed: every word of the query must begin a word of the label or of its keywords.
 *
 * @returns 0 for no fit; more for a fit at the beginning, in the label, of a short label
 */
export function fit(query: string, { label, keywords = [] }: Findable): number {
  const wanted = wordsOf(query);
  if (wanted.length === 0) return 1;
  const name = wordsOf(label);
  const others = wordsOf(keywords.join(" "));
  let score = 0;
  for (const word of wanted) {
    const place = name.findIndex((candidate) => candidate.startsWith(word));
    if (place >= 0) score += place === 0 ? 4 : 3;
    else if (name.some((candidate) => candidate.includes(word)) && word.length > 2) score += 2;
    else if (others.some((candidate) => candidate.startsWith(word))) score += 1;
    else return 0;
  }
  return score / wanted.length + 1 / (1 + name.length);
}

/** The best that fit, at most `limit`, in their own order where they fit alike. */
export function best<Item extends Findable>(query: string, items: readonly Item[], limit: number): Item[] {
  return items
    .map((item, index) => ({ item, index, score: fit(query, item) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, limit)
    .map(({ item }) => item);
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
