import type { ComponentKey } from "@/components/fingerprint/components";

/** The shape in which statements of a component are drawn, for the legend and lists of the graph. */
export function ShapeSign({ component, className }: { component: ComponentKey; className?: string }) {
  const hue = `var(--${component})`;
  return (
    <svg width={14} height={14} viewBox="0 0 14 14" fill="none" aria-hidden className={className}>
      {component === "alpha" ? <circle cx={7} cy={7} r={4.5} fill={hue} /> : null}
      {component === "beta" ? <circle cx={7} cy={7} r={4} stroke={hue} strokeWidth={1.8} /> : null}
      {component === "delta" ? <path d="M7 1.8V12.2" stroke={hue} strokeWidth={3.4} /> : null}
      {component === "epsilon" ? (
        <g fill={hue}>
          <circle cx={7} cy={3.6} r={2.3} />
          <circle cx={3.6} cy={9.6} r={2.3} />
          <circle cx={10.4} cy={9.6} r={2.3} />
        </g>
      ) : null}
    </svg>
  );
}
