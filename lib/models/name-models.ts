/** Up to so many names are told whole. */
const wholeList = 12;
const nearest = 6;
/** Less than that is chance. */
const leastLikeness = 0.3;

/**
 * Names for a message: all of them, or of a long list those that are most like what was asked for.
 *
 * @param asked the name that somebody wrote
 */
export function listNames(names: readonly string[], asked: string): string {
  if (names.length === 0) return "none";
  if (names.length <= wholeList) return names.join(", ");
  const likest = names
    .map((name, index) => ({ name, index, likeness: likeness(name, asked) }))
    .map((one) => (one.likeness < leastLikeness ? { ...one, likeness: 0 } : one))
    .sort((a, b) => b.likeness - a.likeness || a.index - b.index)
    .slice(0, nearest)
    .map(({ name }) => name);
  return `${likest.join(", ")} and ${names.length - nearest} more (GET /v1/models)`;
}

/** How alike two names are, 0 to 1: the pairs of letters they share (Dice), more for the same beginning. */
export function likeness(a: string, b: string): number {
  const [left, right] = [lettersOf(a), lettersOf(b)];
  if (left === right) return 1;
  const [leftPairs, rightPairs] = [pairsOf(left), pairsOf(right)];
  const total = leftPairs.length + rightPairs.length;
  if (total === 0) return 0;
  const unused = new Map<string, number>();
  for (const pair of leftPairs) unused.set(pair, (unused.get(pair) ?? 0) + 1);
  let shared = 0;
  for (const pair of rightPairs) {
    const count = unused.get(pair) ?? 0;
    if (count === 0) continue;
    unused.set(pair, count - 1);
    shared += 1;
  }
  const dice = (2 * shared) / total;
  return left.startsWith(right.slice(0, 3)) ? 0.1 + 0.9 * dice : 0.9 * dice;
}

/** What is the same in `GPT-4o_Mini` and `gpt-4o-mini`; of a path only the last part tells models apart. */
function lettersOf(name: string): string {
  return (name.split("/").at(-1) ?? name).toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function pairsOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(index, index + 2));
}
