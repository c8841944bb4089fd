"use client";

import { Pin, MoveHorizontal } from "lucide-react";
import { memo, useEffect, useRef, type KeyboardEvent } from "react";
import { componentNames } from "@/components/fingerprint/components";
import { RingKey } from "@/components/fingerprint/ring-key";
import { cn } from "@/components/ui/cn";
import { Confidence } from "@/components/ui/confidence";
import { Highlight } from "@/components/ui/highlight";
import { countOf } from "@/lib/format";
import type { PrimitiveView } from "@/lib/compile/schemas";

type PrimitiveListProps = {
  items: PrimitiveView[];
  query: string;
  selected: string | null;
  onSelect: (id: string) => void;
  /** The items come component by component; each gets a heading. */
  isGrouped: boolean;
};

/** One Tab stop; arrows, Home and End move through the statements. */
export function PrimitiveList({ items, query, selected, onSelect, isGrouped }: PrimitiveListProps) {
  const list = useRef<HTMLDivElement>(null);

  function move(event: KeyboardEvent) {
    const index = items.findIndex((item) => item.id === selected);
    const steps: Record<string, number> = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: items.length - 1 };
    const target = items[steps[event.key] ?? -1];
    if (!target) return;
    event.preventDefault();
    onSelect(target.id);
  }

  useEffect(() => {
    if (list.current?.contains(document.activeElement))
      list.current.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [selected]);

  return (
    <div
      ref={list}
      role="listbox"
      aria-label="Statements"
      tabIndex={0}
      aria-activedescendant={selected ? `option-${selected}` : undefined}
      onKeyDown={move}
      className="group/list outline-none"
    >
      {items.map((item, index) => (
        <div key={item.id} role="presentation">
          {isGrouped && items[index - 1]?.component !== item.component ? (
            <GroupHead component={item.component} />
          ) : null}
          <Option item={item} query={query} isSelected={item.id === selected} onSelect={onSelect} />
        </div>
      ))}
    </div>
  );
}

function GroupHead({ component }: { component: PrimitiveView["component"] }) {
  return (
    <p role="presentation" className="flex items-center gap-2 px-2 pt-3.5 pb-1.5 text-1 text-ink-3">
      <RingKey component={component} />
      {componentNames[component].name}
    </p>
  );
}

type OptionProps = { item: PrimitiveView; query: string; isSelected: boolean; onSelect: (id: string) => void };

/** Kept as it is while its neighbours change: a face may have thousands. */
const Option = memo(function Option({ item, query, isSelected, onSelect }: OptionProps) {
  const notes = [
    item.state === "draft" ? "draft, not sure" : null,
    item.state === "disabled" ? "switched off" : null,
    item.edited ? "edited" : null,
    item.provenance.length > 1 ? countOf(item.provenance.length, "sentence") : null,
  ].filter((note) => note !== null);

  return (
    <div
      id={`option-${item.id}`}
      role="option"
      aria-selected={isSelected}
      onClick={() => onSelect(item.id)}
      className={cn(
        "grid grid-cols-[16px_minmax(0,1fr)_auto] gap-2.5 border-t border-line py-[9px] pr-3 pl-2 text-2 scroll-my-16 [contain-intrinsic-size:auto_52px] [content-visibility:auto] hover:bg-sunk",
        isSelected && "-outline-offset-2 group-focus-visible/list:outline-2 group-focus-visible/list:outline-accent",
        isSelected && "wide:bg-accent-soft wide:[border-left:2px_solid_var(--accent)] wide:pl-1.5",
        item.state !== "active" && "text-ink-2",
      )}
    >
      <RingKey component={item.component} className="mt-[3px]" />
      <span className="min-w-0">
        <span className={cn(item.state === "disabled" && "line-through")}>
          <Highlight text={item.statement} query={query} />
        </span>
        {notes.length > 0 || item.pinned || item.tensions.length > 0 ? (
          <span className="mt-0.5 flex flex-wrap gap-x-2.5 text-1 text-ink-3">
            {item.pinned ? (
              <span className="flex items-center gap-1">
                <Pin size={12} strokeWidth={1.75} aria-hidden />
                pinned
              </span>
            ) : null}
            {item.tensions.length > 0 ? (
              <span className="flex items-center gap-1">
                <MoveHorizontal size={12} strokeWidth={1.75} aria-hidden />
                tension
              </span>
            ) : null}
            {notes.map((note) => (
              <span key={note}>{note}</span>
            ))}
          </span>
        ) : null}
      </span>
      <Confidence value={item.confidence} className="mt-2" />
    </div>
  );
});
