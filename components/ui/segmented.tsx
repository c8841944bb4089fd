"use client";

import { useId, type ReactNode } from "react";
import { cn } from "./cn";

export type Segment<Value extends string> = { value: Value; label: ReactNode; count?: number | undefined };

type SegmentedProps<Value extends string> = {
  label: string;
  value: Value;
  segments: readonly Segment<Value>[];
  onChange: (value: Value) => void;
  className?: string;
};

/** One of a few, all in sight: radio buttons that look like a switch. Arrow keys choose. */
export function Segmented<Value extends string>({
  label,
  value,
  segments,
  onChange,
  className,
}: SegmentedProps<Value>) {
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={cn(
        "inline-flex max-w-full gap-0.5 overflow-x-auto rounded-2 border border-line-2 bg-sunk p-0.5 [scrollbar-width:none]",
        className,
      )}
    >
      {segments.map((segment) => (
        <label
          key={segment.value}
          className="relative inline-flex min-h-[34px] items-center gap-1.5 whitespace-nowrap rounded-1 px-2.5 text-2 text-ink-2 hover:text-ink has-checked:bg-bg has-checked:font-strong has-checked:text-ink has-checked:ring-1 has-checked:ring-line-2 has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent wide:min-h-[26px]"
        >
          <input
            type="radio"
            name={name}
            value={segment.value}
            checked={segment.value === value}
            onChange={() => onChange(segment.value)}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          {segment.label}
          {segment.count === undefined ? null : <span className="num font-text text-ink-3">{segment.count}</span>}
        </label>
      ))}
    </div>
  );
}
