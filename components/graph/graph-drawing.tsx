"use client";

import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { graphText } from "@/components/strings/graph";
import type { DrawnGraph } from "./drawn-graph";
import { GraphRenderer, hasWebgl } from "./graph-renderer";
import type { Layout } from "./layout";

type GraphDrawingProps = {
  graph: DrawnGraph;
  layout: Layout;
  found: ReadonlySet<number> | null;
  selected: number | null;
  onSelect: (place: number | null) => void;
  onZoom: (percent: number) => void;
  onRenderer: (renderer: GraphRenderer | null) => void;
  /** nothing can be drawn here, or not any more */
  onMissing: () => void;
};

const directions: Record<string, [number, number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** The graph in WebGL. Its keys walk over it; where nothing can be drawn it says so, and the list is enough. */
export function GraphDrawing(props: GraphDrawingProps) {
  const { graph, layout, found, selected, onSelect } = props;
  const { container, renderer, isMissing } = useRenderer(props);
  const { onMissing } = props;
  useEffect(() => {
    if (isMissing) onMissing();
  }, [isMissing, onMissing]);
  useEffect(() => renderer?.find(found), [renderer, found]);
  useEffect(() => renderer?.select(selected), [renderer, selected]);

  function walk(event: KeyboardEvent) {
    const direction = directions[event.key];
    if (event.key === "Escape" && selected !== null) return onSelect(null);
    if (direction === undefined || renderer === null) return;
    event.preventDefault();
    const next = selected === null ? (layout.order[0] ?? null) : renderer.next(selected, ...direction);
    if (next !== null) onSelect(next);
  }

  if (isMissing)
    return <p className="rounded-3 border border-line bg-sunk px-5 py-4 text-2 text-ink-2">{graphText.noWebgl}</p>;
  return (
    <div
      role="application"
      aria-roledescription={graphText.drawingRole}
      aria-label={graphText.drawing}
      tabIndex={0}
      onKeyDown={walk}
      data-statements={graph.nodes.length}
      data-chosen={selected === null ? undefined : graph.nodes[selected]?.id}
      className="relative aspect-square max-h-[max(320px,calc(100dvh-224px))] w-full overflow-hidden rounded-2"
    >
      <div ref={container} className="absolute inset-0" aria-hidden />
    </div>
  );
}

/** A renderer for as long as the graph stays; another layout moves it. */
function useRenderer({ graph, layout, onSelect, onZoom, onRenderer }: GraphDrawingProps) {
  const container = useRef<HTMLDivElement>(null);
  const [renderer, setRenderer] = useState<GraphRenderer | null>(null);
  const [isMissing, setIsMissing] = useState(() => !hasWebgl());
  const latest = useRef({ layout, onSelect, onZoom, onRenderer });
  useEffect(() => {
    latest.current = { layout, onSelect, onZoom, onRenderer };
  });

  useEffect(() => {
    if (container.current === null) return;
    const made = new GraphRenderer(container.current, graph, latest.current.layout, {
      onSelect: (place) => latest.current.onSelect(place),
      onZoom: (percent) => latest.current.onZoom(percent),
      onLost: () => setIsMissing(true),
    });
    setRenderer(made);
    latest.current.onRenderer(made);
    return () => {
      setRenderer(null);
      latest.current.onRenderer(null);
      made.kill();
    };
  }, [graph, isMissing]);

  const shown = useRef(layout);
  useEffect(() => {
    if (shown.current !== layout) renderer?.arrange(layout);
    shown.current = layout;
  }, [renderer, layout]);
  return { container, renderer, isMissing };
}
