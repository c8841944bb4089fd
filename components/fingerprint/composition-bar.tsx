import { componentKeys, sumOf, type ComponentCounts } from "./components";

/** Four shares of one face in ring order; a dotted line while it has no statement. */
export function CompositionBar({ counts, width = 168 }: { counts: ComponentCounts; width?: number }) {
  const all = sumOf(counts);
  if (all === 0) {
    return (
      <svg width={width} height={6} viewBox={`0 0 ${width} 6`} aria-hidden>
        <path d={`M0 3H${width}`} stroke="var(--line-2)" strokeDasharray="2 3" />
      </svg>
    );
  }
  let x = 0;
  return (
    <svg width={width} height={6} viewBox={`0 0 ${width} 6`} aria-hidden>
      {componentKeys.map((key) => {
        const share = (width * counts[key]) / all;
        const left = x;
        x += share;
        return <rect key={key} x={left} width={Math.max(0, share - 2)} height={6} fill={`var(--${key})`} />;
      })}
    </svg>
  );
}
