"use client";

import { type KeyboardEvent, useId, useRef, useState } from "react";
import { billingText } from "@/components/strings/billing";
import { cn } from "@/components/ui/cn";
import { formatUtcDay, formatUtcMark } from "@/lib/format";
import { formatAmount, formatMark, type Measure } from "../usage-measure";
import { axisLabels, axisMarks } from "./axis";
import { FillPatterns, fillOf } from "./fills";
import type { DayBar, Series } from "./series";

/** A bar takes this much of its day, and is never broader than that many pixels. */
const barShare = 0.62;
const barMostPx = 18;

type DayBarsProps = {
  series: readonly Series[];
  days: readonly DayBar[];
  measure: Measure;
  label: string;
  chosen: string | null;
  onChoose: (day: string) => void;
};

/**
 * A stacked bar for each day, which leads to its rows. Positions are shares of the width, so that it is drawn once for
 * every screen; all text is HTML and keeps its size. One stop for the Tab key: arrows go from day to day.
 */
export function DayBars({ series, days, measure, label, chosen, onChoose }: DayBarsProps) {
  const id = useId();
  const [current, setCurrent] = useState<string | null>(null);
  const marks = axisMarks(Math.max(0, ...days.map(({ total }) => total)));
  const max = marks.at(-1) || 1;
  const shown = days.find(({ day }) => day === (current ?? chosen)) ?? null;
  return (
    <figure className="grid gap-1">
      <p className="num min-h-5 text-2 text-ink-2" aria-hidden>
        {shown ? readOut(shown, series, measure) : null}
      </p>
      <div className="relative mt-2 h-40 num text-1 text-ink-3">
        <AxisLines marks={marks} max={max} measure={measure} />
        <div className="absolute inset-y-0 right-14 left-0">
          <svg role="img" aria-label={label} width="100%" height="100%" className="block overflow-visible">
            <FillPatterns id={id} />
            {days.map((day, index) => (
              <Bar
                key={day.day}
                {...{ id, day, index, count: days.length, series, max }}
                isDim={chosen !== null && chosen !== day.day}
              />
            ))}
          </svg>
          <DayButtons {...{ days, measure, chosen, onChoose }} onCurrent={setCurrent} />
        </div>
      </div>
      <DayNames days={days} />
    </figure>
  );
}

function readOut(day: DayBar, series: readonly Series[], measure: Measure): string {
  const parts = series.flatMap(({ label }, at) => {
    const amount = day.parts[at] ?? 0;
    return amount > 0 ? [`${label} ${formatAmount(amount, measure)}`] : [];
  });
  return billingText.dayParts(
    formatUtcDay(day.day),
    formatAmount(day.total, measure),
    parts.length > 1 ? parts.join(", ") : "",
  );
}

function AxisLines({ marks, max, measure }: { marks: readonly number[]; max: number; measure: Measure }) {
  return marks.map((mark) => (
    <div key={mark} className="absolute inset-x-0 border-t border-line" style={{ bottom: `${(100 * mark) / max}%` }}>
      <span className="absolute right-0 w-13 -translate-y-1/2 bg-bg pl-2">
        {formatMark(mark, measure, marks[1] ?? 1)}
      </span>
    </div>
  ));
}

type BarProps = {
  id: string;
  day: DayBar;
  index: number;
  count: number;
  series: readonly Series[];
  max: number;
  isDim: boolean;
};

function Bar({ id, day, index, count, series, max, isDim }: BarProps) {
  const width = `max(1px, min(${barMostPx}px, ${(100 * barShare) / count}%))`;
  const x = `calc(${(100 * (index + 0.5)) / count}% - ${width} / 2)`;
  let below = 0;
  return (
    <g opacity={isDim ? 0.35 : 1}>
      {series.map(({ key, fill }, at) => {
        const height = (100 * (day.parts[at] ?? 0)) / max;
        if (height <= 0) return null;
        below += height;
        return (
          <rect
            key={key}
            y={`${100 - below}%`}
            height={`${height}%`}
            {...fillOf(fill, id)}
            stroke="var(--bg)"
            strokeWidth={count > 60 ? 0 : 1}
            style={{ x, width }}
          />
        );
      })}
    </g>
  );
}

type DayButtonsProps = Pick<DayBarsProps, "days" | "measure" | "chosen" | "onChoose"> & {
  onCurrent: (day: string | null) => void;
};

/** Over each bar a button of the whole day's width and height. */
function DayButtons({ days, measure, chosen, onChoose, onCurrent }: DayButtonsProps) {
  const group = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState<string | null>(null);
  const last = days.findLast(({ total }) => total > 0)?.day ?? days.at(-1)?.day;
  const reachable = days.some(({ day }) => day === stop) ? stop : (chosen ?? last);
  function move(event: KeyboardEvent) {
    const buttons = [...(group.current?.querySelectorAll("button") ?? [])];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons[Math.max(0, Math.min(buttons.length - 1, to))]?.focus();
  }
  return (
    <div
      ref={group}
      role="group"
      aria-label={billingText.daysLabel}
      className="absolute inset-0 flex"
      onKeyDown={move}
      onPointerLeave={() => onCurrent(null)}
    >
      {days.map(({ day, total }) => (
        <button
          key={day}
          type="button"
          tabIndex={day === reachable ? 0 : -1}
          aria-pressed={day === chosen}
          aria-label={billingText.dayIs(formatUtcDay(day), formatAmount(total, measure))}
          onClick={() => onChoose(day)}
          onFocus={() => {
            setStop(day);
            onCurrent(day);
          }}
          onBlur={() => onCurrent(null)}
          onPointerEnter={() => onCurrent(day)}
          className={cn(
            "h-full min-w-0 flex-1 rounded-1 -outline-offset-2 hover:bg-ink/5",
            day === chosen && "bg-accent/8",
          )}
        />
      ))}
    </div>
  );
}

function DayNames({ days }: { days: readonly DayBar[] }) {
  return (
    <div aria-hidden className="num relative mr-14 h-4 text-1 text-ink-3">
      {axisLabels(days.length).map(({ index, at, edge }) => (
        <span
          key={index}
          className="absolute whitespace-nowrap"
          style={{ left: `${at * 100}%`, transform: `translateX(-${edge * 100}%)` }}
        >
          {formatUtcMark(days[index]?.day ?? "", days.length)}
        </span>
      ))}
    </div>
  );
}
