/** Marks of an axis from 0 to at least `max`, at most five of them, at round numbers. */
export function axisMarks(max: number): number[] {
  if (max <= 0) return [0];
  const rough = max / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((each) => each >= rough * (1 - 1e-9)) ?? 10 * power;
  const count = Math.ceil(max / step - 1e-9);
  return Array.from({ length: count + 1 }, (_each, index) => index * step);
}

/** Places on an axis that get a name, evenly apart: the first at the left edge, the last at the right one. */
export function axisLabels(count: number, most = 5): { index: number; at: number; edge: number }[] {
  const shown = Math.min(most, count);
  if (shown <= 1) return count === 0 ? [] : [{ index: 0, at: 0.5, edge: 0.5 }];
  return Array.from({ length: shown }, (_each, n) => {
    const index = Math.round((n * (count - 1)) / (shown - 1));
    if (index === 0) return { index, at: 0, edge: 0 };
    if (index === count - 1) return { index, at: 1, edge: 1 };
    return { index, at: (index + 0.5) / count, edge: 0.5 };
  });
}
