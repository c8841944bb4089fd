import type { UsageRow } from "@/lib/billing/schemas";
import { amountOf, axisMarks, formatAmount, formatMark, type Measure, parts } from "./usage-measure";
import { dayMark, dayName } from "./usage-words";

const mostLabels = 5;
/** A bar takes this much of its day, and is never broader than that many pixels. */
const barShare = 0.62;
const barMostPx = 18;

type DayChartProps = { rows: readonly UsageRow[]; measure: Measure; label: string };

/**
 * A stacked bar for each day. Positions are shares of the width, so that it is drawn once for every screen; all text is
 * HTML and keeps its size.
 */
export function DayChart({ rows, measure, label }: DayChartProps) {
  const marks = axisMarks(Math.max(0, ...rows.map((row) => amountOf(row, measure))));
  const max = marks.at(-1) || 1;
  const step = marks[1] ?? 1;
  return (
    <figure className="num grid gap-1 text-1 text-ink-3">
      <div className="relative mt-2 h-40">
        {marks.map((mark) => (
          <div
            key={mark}
            className="absolute inset-x-0 border-t border-line"
            style={{ bottom: `${(100 * mark) / max}%` }}
          >
            <span className="absolute right-0 w-13 -translate-y-1/2 bg-bg pl-2">{formatMark(mark, measure, step)}</span>
          </div>
        ))}
        <div className="absolute inset-y-0 right-14 left-0">
          <svg role="img" aria-label={label} width="100%" height="100%" className="block overflow-visible">
            {rows.map((row, index) => (
              <Bar key={row.day} row={row} index={index} count={rows.length} measure={measure} max={max} />
            ))}
          </svg>
        </div>
      </div>
      <div aria-hidden className="relative mr-14 h-4">
        {labelled(rows).map(({ row, at, edge }) => (
          <span
            key={row.day}
            className="absolute whitespace-nowrap"
            style={{ left: `${at * 100}%`, transform: `translateX(-${edge * 100}%)` }}
          >
            {dayMark(row.day ?? "", rows.length)}
          </span>
        ))}
      </div>
    </figure>
  );
}

type BarProps = { row: UsageRow; index: number; count: number; measure: Measure; max: number };

function Bar({ row, index, count, measure, max }: BarProps) {
  const width = `max(1px, min(${barMostPx}px, ${(100 * barShare) / count}%))`;
  const x = `calc(${(100 * (index + 0.5)) / count}% - ${width} / 2)`;
  let below = 0;
  return (
    <g>
      <title>{`${dayName(row.day ?? "")}: ${formatAmount(amountOf(row, measure), measure)}`}</title>
      {/* the whole day answers to the pointer, also where nothing was used */}
      <rect x={`${(100 * index) / count}%`} width={`${100 / count}%`} y="0" height="100%" fill="transparent" />
      {parts[measure].map((part) => {
        const height = (100 * part.of(row)) / max;
        if (height <= 0) return null;
        below += height;
        return (
          <rect
            key={part.label}
            y={`${100 - below}%`}
            height={`${height}%`}
            fill={part.fill}
            opacity={part.opacity}
            stroke="var(--bg)"
            strokeWidth={count > 60 ? 0 : 1}
            style={{ x, width }}
          />
        );
      })}
    </g>
  );
}

/** A few days, evenly apart, that get their name: the first stands at the left edge, the last at the right one. */
function labelled(rows: readonly UsageRow[]): { row: UsageRow; at: number; edge: number }[] {
  const count = Math.min(mostLabels, rows.length);
  if (count === 1) return rows.map((row) => ({ row, at: 0.5, edge: 0.5 }));
  return Array.from({ length: count }, (_each, n) => Math.round((n * (rows.length - 1)) / (count - 1))).flatMap(
    (index) => {
      const row = rows[index];
      if (row === undefined) return [];
      if (index === 0) return [{ row, at: 0, edge: 0 }];
      if (index === rows.length - 1) return [{ row, at: 1, edge: 1 }];
      return [{ row, at: (index + 0.5) / rows.length, edge: 0.5 }];
    },
  );
}

/** What the parts of the bars are; only those that are there. */
export function Legend({ rows, measure }: { rows: readonly UsageRow[]; measure: Measure }) {
  const present = parts[measure].filter((part) => rows.some((row) => part.of(row) > 0));
  return (
    <ul aria-hidden className="flex min-h-5 flex-wrap gap-x-4 text-1 text-ink-2">
      {present.map((part) => (
        <li key={part.label} className="flex items-center gap-1.5">
          <svg width="10" height="10">
            <rect width="10" height="10" fill={part.fill} opacity={part.opacity} />
          </svg>
          {part.label}
        </li>
      ))}
    </ul>
  );
}
