"use client";

import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";

export type Segment<Value extends string> = { value: Value; label: ReactNode; count?: number | undefined };

type SegmentedProps<Value extends string> = {
  label: string;
  value: Value;
  segments: readonly Segment<Value>[];
  onChange: (value: Value) => void;
  className?: string;
};

/** An empty value is a choice of ours ("all"), but means "none" to the toggle group. */
const keyOf = (value: string): string => `=${value}`;

/** One of a few, all in sight. Arrow keys move, Enter or Space chooses. */
export function Segmented<Value extends string>({
  label,
  value,
  segments,
  onChange,
  className,
}: SegmentedProps<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      value={keyOf(value)}
      aria-label={label}
      onValueChange={(next) => {
        const segment = segments.find((candidate) => keyOf(candidate.value) === next);
        if (segment) onChange(segment.value);
      }}
      className={cn(
        "inline-flex max-w-full gap-0.5 overflow-x-auto rounded-2 border border-line-2 bg-sunk p-0.5 [scrollbar-width:none]",
        className,
      )}
    >
      {segments.map((segment) => (
        <ToggleGroup.Item
          key={segment.value}
          value={keyOf(segment.value)}
          className="inline-flex min-h-[34px] items-center gap-1.5 whitespace-nowrap rounded-1 px-2.5 text-2 text-ink-2 -outline-offset-2 data-[state=off]:hover:text-ink data-[state=on]:bg-bg data-[state=on]:font-strong data-[state=on]:text-ink data-[state=on]:ring-1 data-[state=on]:ring-line-2 wide:min-h-[26px]"
        >
          {segment.label}
          {segment.count === undefined ? null : <span className="num font-text text-ink-3">{segment.count}</span>}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
