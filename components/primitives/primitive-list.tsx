"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, type KeyboardEvent } from "react";
import { componentNames } from "@/components/fingerprint/components";
import { RingKey } from "@/components/fingerprint/ring-key";
import { runCommand } from "@/components/palette/command-store";
import { useSingleKeys } from "@/components/palette/use-shortcuts";
import { primitivesText } from "@/components/strings/primitives";
import { Button } from "@/components/ui/button";
import { usePageTop } from "@/components/ui/use-page-top";
import type { PrimitiveCounts, PrimitiveView } from "@/lib/compile/schemas";
import { PrimitiveOption } from "./primitive-option";

type PrimitiveListProps = {
  items: PrimitiveView[];
  counts: PrimitiveCounts | undefined;
  query: string;
  selected: string | null;
  onSelect: (id: string) => void;
  /** null: one at a time */
  chosen: ReadonlySet<string> | null;
  onChoose: (chosen: ReadonlySet<string>) => void;
  hasMore: boolean;
  isFetchingMore: boolean;
  onMore: () => void;
};

const rowHeight = 52;
const headHeight = 40;
const pageRows = 10;
/** A list keeps single keys to itself: these it hands on. */
const commandKeys: Record<string, string> = {
  j: "primitives.next",
  k: "primitives.previous",
  e: "primitives.edit",
  p: "primitives.pin",
  x: "primitives.disable",
  "/": "primitives.search",
};
/** So many rows before the end the next page is asked for. */
const ahead = 30;

/** One Tab stop; arrows, Home, End and pages move through the statements. Only what is in sight is in the page. */
export function PrimitiveList(props: PrimitiveListProps) {
  const { items, counts, query, selected, onSelect, chosen, onChoose, hasMore, isFetchingMore, onMore } = props;
  const list = useRef<HTMLDivElement>(null);
  const margin = usePageTop(list);
  const isHead = (index: number) => items[index - 1]?.component !== items[index]?.component;
  const rows = useWindowVirtualizer({
    count: items.length,
    estimateSize: (index) => rowHeight + (isHead(index) ? headHeight : 0),
    overscan: 8,
    scrollMargin: margin,
    scrollPaddingStart: 72,
    scrollPaddingEnd: 24,
    getItemKey: (index) => items[index]?.id ?? index,
  });
  const at = items.findIndex(({ id }) => id === selected);
  const wasAt = useRef(at);
  useEffect(() => {
    if (at >= 0 && at !== wasAt.current) rows.scrollToIndex(at, { align: "auto" });
    wasAt.current = at;
  }, [at, rows]);
  const hasSingleKeys = useSingleKeys();
  const virtual = rows.getVirtualItems();
  const last = virtual.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isFetchingMore && last >= items.length - ahead) onMore();
  }, [hasMore, isFetchingMore, last, items.length, onMore]);

  function walk(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const item = items[at];
    if (event.key === " " && chosen !== null && item) {
      event.preventDefault();
      return onChoose(toggled(chosen, item.id));
    }
    const command = hasSingleKeys ? commandKeys[event.key] : undefined;
    if (command !== undefined) {
      event.preventDefault();
      return runCommand(command);
    }
    const targets: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: Math.min(items.length - 1, at + pageRows),
      PageUp: Math.max(0, at - pageRows),
      Home: 0,
      End: items.length - 1,
      Enter: at,
    };
    const target = items[targets[event.key] ?? -1];
    if (!target) return;
    event.preventDefault();
    onSelect(target.id);
  }

  return (
    <>
      <div
        ref={list}
        role="listbox"
        aria-label={primitivesText.list}
        aria-multiselectable={chosen !== null}
        tabIndex={0}
        aria-activedescendant={virtual.some(({ index }) => index === at) ? `option-${selected}` : undefined}
        onKeyDown={walk}
        className="group/list outline-none"
      >
        <div role="presentation" className="relative" style={{ height: rows.getTotalSize() }}>
          {virtual.map(({ index, key, start }) => {
            const item = items[index];
            if (!item) return null;
            return (
              <div
                key={key}
                ref={rows.measureElement}
                data-index={index}
                role="presentation"
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${start - margin}px)` }}
              >
                {isHead(index) ? <GroupHead component={item.component} counts={counts} /> : null}
                <PrimitiveOption
                  item={item}
                  query={query}
                  isSelected={item.id === selected}
                  isChosen={chosen === null ? null : chosen.has(item.id)}
                  position={index + 1}
                  size={counts?.total ?? items.length}
                  onSelect={onSelect}
                  onToggle={(id) => (chosen ? onChoose(toggled(chosen, id)) : undefined)}
                />
              </div>
            );
          })}
        </div>
      </div>
      {hasMore ? (
        <div className="border-t border-line p-3">
          <Button look="ghost" className="w-full" disabled={isFetchingMore} onClick={onMore}>
            {isFetchingMore ? primitivesText.loadingMore : primitivesText.more(items.length)}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function GroupHead({
  component,
  counts,
}: {
  component: PrimitiveView["component"];
  counts: PrimitiveCounts | undefined;
}) {
  const { name } = componentNames[component];
  return (
    <p role="presentation" className="num flex items-center gap-2 px-2 pt-3.5 pb-1.5 text-1 text-ink-3">
      <RingKey component={component} />
      {counts ? primitivesText.group(name, counts.components[component]) : name}
    </p>
  );
}

function toggled(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}
