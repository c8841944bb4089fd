import type { Fill } from "./series";

/** Two of the fills are patterns; each drawing has its own, since ids are the page's. */
export function FillPatterns({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}-hatched`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="5" height="5" fill="var(--accent-soft)" />
        <rect width="2" height="5" fill="var(--accent)" />
      </pattern>
      <pattern id={`${id}-dotted`} width="5" height="5" patternUnits="userSpaceOnUse">
        <rect width="5" height="5" fill="var(--sunk-2)" />
        <circle cx="2.5" cy="2.5" r="1.4" fill="var(--ink-2)" />
      </pattern>
    </defs>
  );
}

const plain: Partial<Record<Fill, { fill: string; opacity?: number }>> = {
  full: { fill: "var(--accent)" },
  light: { fill: "var(--accent)", opacity: 0.45 },
  grey: { fill: "var(--control-line)" },
  pale: { fill: "var(--line-2)" },
};

export const fillOf = (fill: Fill, id: string): { fill: string; opacity?: number } =>
  plain[fill] ?? { fill: `url(#${id}-${fill})` };
