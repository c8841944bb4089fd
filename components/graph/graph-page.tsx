"use client";

import dynamic from "next/dynamic";
import { useCallback, useMemo, useRef, useState } from "react";
import { useCommands } from "@/components/palette/commands";
import { useSelection } from "@/components/primitives/use-selection";
import { graphText } from "@/components/strings/graph";
import { SearchInput } from "@/components/ui/search-input";
import { Segmented } from "@/components/ui/segmented";
import { useUrlState } from "@/components/ui/use-url-state";
import type { FaceView } from "@/lib/faces/schemas";
import { AreaOutline } from "./area-outline";
import { ChosenStatement } from "./chosen-statement";
import type { DrawnGraph } from "./drawn-graph";
import { GraphLegend } from "./graph-legend";
import { GraphList } from "./graph-list";
import type { GraphRenderer } from "./graph-renderer";
import { layoutNames, type LayoutName } from "./layout";
import { layoutOf } from "./other-layouts";
import { ZoomControls } from "./zoom-controls";

const GraphDrawing = dynamic(() => import("./graph-drawing").then((module) => module.GraphDrawing), { ssr: false });

/** The drawing, the list that moves with it, and the chosen statement with what it is joined to. */
export function GraphPage({ face, graph }: { face: FaceView; graph: DrawnGraph }) {
  const [asked, setLayoutName] = useUrlState("layout");
  const [query, setQuery] = useUrlState("find");
  const { selected, select } = useSelection();
  const [renderer, setRenderer] = useState<GraphRenderer | null>(null);
  const [zoom, setZoom] = useState(100);
  const [isDrawn, setIsDrawn] = useState(true);
  const giveUp = useCallback(() => setIsDrawn(false), []);
  const find = useRef<HTMLInputElement>(null);
  const layoutName = layoutNames.find((name) => name === asked) ?? "ring";
  const layout = useMemo(() => layoutOf(graph, layoutName), [graph, layoutName]);
  const found = useMemo(() => findIn(graph, query), [graph, query]);
  const order = useMemo(
    () => (found === null ? layout.order : layout.order.filter((place) => found.has(place))),
    [layout, found],
  );
  const chosen = selected === null ? -1 : graph.nodes.findIndex(({ id }) => id === selected);
  const place = chosen === -1 ? null : chosen;
  const choose = (next: number | null) => select(next === null ? null : (graph.nodes[next]?.id ?? null));
  useCommands([
    { id: "graph.find", label: graphText.commands.find, group: "do", shortcut: "/", run: () => find.current?.focus() },
    { id: "graph.fit", label: graphText.commands.fit, group: "do", shortcut: "0", run: () => renderer?.fit() },
    { id: "graph.in", label: graphText.commands.zoomIn, group: "do", shortcut: "+", run: () => renderer?.zoom(1) },
    { id: "graph.out", label: graphText.commands.zoomOut, group: "do", shortcut: "-", run: () => renderer?.zoom(-1) },
  ]);

  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <Segmented<LayoutName>
          label={graphText.layout}
          value={layoutName}
          onChange={(name) => setLayoutName(name === "ring" ? "" : name)}
          segments={layoutNames.map((value) => ({ value, label: graphText.layouts[value] }))}
        />
        <SearchInput
          ref={find}
          label={graphText.find}
          placeholder={graphText.findPlaceholder}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className="max-w-72 min-w-40 flex-1"
        />
        {isDrawn ? <ZoomControls percent={zoom} renderer={renderer} /> : null}
      </div>
      <div className="grid items-start gap-8 wide:grid-cols-[minmax(0,1fr)_304px]">
        <figure className="grid min-w-0 gap-4">
          <GraphDrawing
            graph={graph}
            layout={layout}
            found={found}
            selected={place}
            onSelect={choose}
            onZoom={setZoom}
            onRenderer={setRenderer}
            onMissing={giveUp}
          />
          {isDrawn ? <GraphLegend graph={graph} /> : null}
          {isDrawn ? (
            <p className="measure text-1 text-ink-3">
              {layoutName === "closeness"
                ? graphText.captions.closeness(graph.keptNearest)
                : graphText.captions[layoutName]}{" "}
              <span className="hidden wide:inline">{graphText.keys}</span>
            </p>
          ) : null}
        </figure>
        <div className="grid min-w-0 gap-6">
          <GraphList
            graph={graph}
            layout={layout}
            order={order}
            query={query}
            selected={place}
            onSelect={choose}
            isTall={!isDrawn}
          />
          <ChosenStatement face={face} graph={graph} place={place} onSelect={choose} />
          {place === null && renderer ? <AreaOutline layout={layout} onShow={(all) => renderer.show(all)} /> : null}
        </div>
      </div>
    </div>
  );
}

/** The statements that hold all of the words; null: none are asked for. */
function findIn({ nodes }: DrawnGraph, query: string): ReadonlySet<number> | null {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  return new Set(
    nodes.flatMap(({ place, statement }) => {
      const text = statement.toLowerCase();
      return words.every((word) => text.includes(word)) ? place : [];
    }),
  );
}
