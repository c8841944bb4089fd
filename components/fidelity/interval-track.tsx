import { fidelityText } from "@/components/strings/fidelity";
import { formatShare } from "@/lib/format";

type IntervalTrackProps = { value: number; low: number; high: number; base?: number };

const at = (share: number): string => `${100 * Math.min(1, Math.max(0, share))}%`;

/** A share with its 95 % interval on a line from 0 to 1; `base` marks what chance would give. */
export function IntervalTrack({ value, low, high, base }: IntervalTrackProps) {
  const words = fidelityText.track(formatShare(value), formatShare(low), formatShare(high));
  return (
    <svg
      role="img"
      aria-label={base === undefined ? words : words + fidelityText.trackBase(formatShare(base))}
      className="block h-3.5 w-full overflow-visible"
    >
      <line x1="0" x2="100%" y1="7" y2="7" stroke="var(--line-2)" strokeWidth={2} />
      {high > low ? (
        <rect x={at(low)} width={at(high - low)} y="4" height="6" rx="3" fill="var(--accent)" opacity="0.32" />
      ) : null}
      {base === undefined ? null : (
        <line x1={at(base)} x2={at(base)} y1="0" y2="14" stroke="var(--ink-2)" strokeWidth={2} />
      )}
      <circle cx={at(value)} cy="7" r="5" fill="var(--accent)" stroke="var(--bg)" strokeWidth={2} />
    </svg>
  );
}
