"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, type KeyboardEvent } from "react";
import { componentNames } from "@/components/fingerprint/components";
import { runCommand } from "@/components/palette/command-store";
import { useSingleKeys } from "@/components/palette/use-shortcuts";
import { graphText } from "@/components/strings/graph";
import { cn } from "@/components/ui/cn";
import { Highlight } from "@/components/ui/highlight";
import type { DrawnGraph, DrawnNode } from "./drawn-graph";
import type { Layout } from "./layout";
import { ShapeSign } from "./shape-sign";

type GraphListProps = {
  graph: DrawnGraph;
  layout: Layout;
  /** places of the statements that are shown */
  order: readonly number[];
  query: string;
  selected: number | null;
  onSelect: (place: number) => void;
  /** it is all there is */
  isTall: boolean;
};

const rowHeight = 34;
const pageRows = 8;
/** A list keeps single keys to itself: these it hands on. */
const commandKeys: Record<string, string> = { "/": "graph.find", "0": "graph.fit", "+": "graph.in", "-": "graph.out" };

/** Every statement of the drawing in the order in which one walks around it; a complete alternative to looking at it. */
export function GraphList({ graph, layout, order, query, selected, onSelect, isTall }: GraphListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: order.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: (index) => order[index] ?? index,
  });
  const at = selected === null ? -1 : order.indexOf(selected);
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at, { align: "auto" });
  }, [at, rows]);

  const hasSingleKeys = useSingleKeys();

  function walk(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const command = hasSingleKeys ? commandKeys[event.key] : undefined;
    if (command !== undefined) {
      event.preventDefault();
      return runCommand(command);
    }
    const last = order.length - 1;
    const targets: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      ...(hasSingleKeys ? { j: at + 1, k: at - 1 } : {}),
      PageDown: Math.min(last, at + pageRows),
      PageUp: Math.max(0, at - pageRows),
      Home: 0,
      End: last,
    };
    const place = order[targets[event.key] ?? -1];
    if (place === undefined) return;
    event.preventDefault();
    onSelect(place);
  }

  return (
    <section aria-labelledby="graph-list" className="grid gap-2">
      <h2 id="graph-list" className="flex items-baseline gap-2 text-2 leading-5">
        {graphText.list}
        <span className="num font-text text-ink-3">{graphText.listOf(order.length, graph.nodes.length, query)}</span>
      </h2>
      {order.length === 0 ? (
        <p className="text-2 text-ink-2">{graphText.noneFound(query)}</p>
      ) : (
        <div
          ref={scroller}
          role="listbox"
          aria-label={graphText.list}
          tabIndex={0}
          aria-activedescendant={at >= 0 ? `graph-${graph.nodes[order[at] ?? 0]?.id}` : undefined}
          onKeyDown={walk}
          className={cn("group/list overflow-y-auto border-y border-line", isTall ? "h-[60dvh]" : "h-60")}
        >
          <div role="presentation" className="relative" style={{ height: rows.getTotalSize() }}>
            {rows.getVirtualItems().map(({ key, index, start }) => {
              const node = graph.nodes[order[index] ?? -1];
              if (node === undefined) return null;
              const before = order[index - 1];
              const group = layout.groups[node.place] ?? "";
              const isFirst = before === undefined || layout.groups[before] !== group;
              return (
                <div
                  key={key}
                  ref={rows.measureElement}
                  data-index={index}
                  role="presentation"
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  {isFirst && group ? (
                    <p role="presentation" className="truncate bg-sunk px-2 py-1 text-1 text-ink-3">
                      {group}
                    </p>
                  ) : null}
                  <Option
                    node={node}
                    query={query}
                    isSelected={index === at}
                    position={index + 1}
                    size={order.length}
                    onSelect={onSelect}
                  />
                </div>
              );
            })}
          </div>
        </div>
      )}
    </section>
  );
}

type OptionProps = {
  node: DrawnNode;
  query: string;
  isSelected: boolean;
  position: number;
  size: number;
  onSelect: (place: number) => void;
};

function Option({ node, query, isSelected, position, size, onSelect }: OptionProps) {
  return (
    <div
      id={`graph-${node.id}`}
      role="option"
      aria-selected={isSelected}
      aria-posinset={position}
      aria-setsize={size}
      onClick={() => onSelect(node.place)}
      className={cn(
        "grid grid-cols-[14px_minmax(0,1fr)] gap-2 px-2 py-1.5 text-2 hover:bg-sunk",
        isSelected && "bg-accent-soft -outline-offset-2 group-focus-visible/list:outline-2",
        node.state !== "active" && "text-ink-2",
      )}
    >
      <ShapeSign component={node.component} className="mt-[3px]" />
      <span className={cn(node.state === "disabled" && "line-through")}>
        <span className="sr-only">{componentNames[node.component].name}: </span>
        <Highlight text={node.statement} query={query} />
      </span>
    </div>
  );
}
