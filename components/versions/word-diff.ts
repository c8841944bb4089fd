/** A run of words that both have, or that only one of them has. */
export type WordRun = { kind: "same" | "added" | "removed"; text: string };

/** Past this many pairs of words a comparison is not worth its time: the whole is replaced. */
const maxPairs = 40_000;

/** What was reworded: the longest common run of words stays, the rest came or went. */
export function wordDiff(before: string, after: string): WordRun[] {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  if (old.length * now.length > maxPairs)
    return [
      { kind: "removed", text: before },
      { kind: "added", text: after },
    ];
  const lengths = commonLengths(old, now);
  const runs: WordRun[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const isSame = i < old.length && j < now.length && old[i]?.trim() === now[j]?.trim();
    const goesOn = (lengths[i + 1]?.[j] ?? -1) >= (lengths[i]?.[j + 1] ?? -1);
    if (isSame) {
      push(runs, "same", now[j] ?? "");
      i += 1;
      j += 1;
    } else if (i < old.length && (j >= now.length || goesOn)) push(runs, "removed", old[i++] ?? "");
    else push(runs, "added", now[j++] ?? "");
  }
  return runs;
}

/** Words with the space behind them. */
const wordsOf = (text: string): string[] => text.match(/\S+\s*/g) ?? [];

function push(runs: WordRun[], kind: WordRun["kind"], text: string): void {
  const last = runs.at(-1);
  if (last?.kind === kind) last.text += text;
  else runs.push({ kind, text });
}

/** Lengths of the longest common run from each pair of places to the ends. */
function commonLengths(old: readonly string[], now: readonly string[]): number[][] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const row = lengths[i];
      if (row === undefined) continue;
      row[j] =
        old[i]?.trim() === now[j]?.trim()
          ? (lengths[i + 1]?.[j + 1] ?? 0) + 1
          : Math.max(lengths[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  return lengths;
}
