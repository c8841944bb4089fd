/** Words that want to stand somewhere, in pixels; the more important come first. */
export type WantedLabel<T> = { x: number; y: number; width: number; height: number; label: T };

/**
 * Those labels that can be shown without covering one another or leaving the drawing; each is tried at its place, then
 * pushed inside.
 */
export function placeLabels<T>(
  wanted: readonly WantedLabel<T>[],
  { width, height }: { width: number; height: number },
  taken: readonly Omit<WantedLabel<unknown>, "label">[] = [],
): WantedLabel<T>[] {
  const placed: WantedLabel<T>[] = [];
  for (const label of wanted) {
    const inside = {
      ...label,
      x: Math.max(0, Math.min(width - label.width, label.x)),
      y: Math.max(0, Math.min(height - label.height, label.y)),
    };
    if ([...taken, ...placed].some((other) => overlaps(inside, other))) continue;
    placed.push(inside);
  }
  return placed;
}

type Box = Omit<WantedLabel<unknown>, "label">;

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
