type IntervalTrackProps = { value: number; low: number; high: number; base?: number };

/** A share with its 95 % interval on a line from 0 to 1; `base` marks what chance would give. */
export function IntervalTrack({ value, low, high, base }: IntervalTrackProps) {
  const at = (share: number): number => 100 * Math.min(1, Math.max(0, share));
  const words = [
    `${Math.round(value * 100)} percent`,
    `interval ${Math.round(low * 100)} to ${Math.round(high * 100)}`,
    ...(base === undefined ? [] : [`chance ${Math.round(base * 100)}`]),
  ];
  return (
    <svg
      viewBox="0 0 100 12"
      preserveAspectRatio="none"
      role="img"
      aria-label={words.join(", ")}
      className="h-3 w-full"
    >
      <line x1="0" x2="100" y1="6" y2="6" stroke="var(--line-2)" vectorEffect="non-scaling-stroke" />
      <rect
        x={at(low)}
        width={Math.max(0.5, at(high) - at(low))}
        y="3"
        height="6"
        fill="var(--accent)"
        opacity="0.32"
      />
      {base === undefined ? null : (
        <line x1={at(base)} x2={at(base)} y1="0" y2="12" stroke="var(--ink-2)" vectorEffect="non-scaling-stroke" />
      )}
      <rect x={at(value) - 0.6} width="1.2" y="0" height="12" fill="var(--accent)" />
    </svg>
  );
}
