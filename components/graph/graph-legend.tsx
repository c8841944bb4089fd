import { componentKeys, componentNames } from "@/components/fingerprint/components";
import { graphText } from "@/components/strings/graph";
import type { DrawnGraph } from "./drawn-graph";
import { mostLines } from "./layout";
import { ShapeSign } from "./shape-sign";

/** What shapes and lines mean; whether all of the lines are drawn. */
export function GraphLegend({ graph }: { graph: DrawnGraph }) {
  return (
    <figcaption className="flex flex-wrap items-center gap-x-5 gap-y-2 text-2 text-ink-2">
      {componentKeys.map((key) => (
        <span key={key} className="flex items-center gap-2">
          <ShapeSign component={key} />
          {componentNames[key].name}
        </span>
      ))}
      <span className="flex items-center gap-2">
        <Line />
        {graphText.supports}
      </span>
      <span className="flex items-center gap-2">
        <Line dash="4 3" />
        {graphText.tension}
      </span>
      {graph.total > graph.nodes.length ? (
        <span className="basis-full text-1 text-ink-3">{graphText.onlySurest(graph.nodes.length, graph.total)}</span>
      ) : null}
      {graph.edges.length > mostLines ? (
        <span className="basis-full text-1 text-ink-3">{graphText.linesHidden}</span>
      ) : null}
    </figcaption>
  );
}

function Line({ dash }: { dash?: string }) {
  return (
    <svg width={20} height={8} aria-hidden>
      <path d="M0 4H20" stroke="var(--ink)" strokeWidth={1.5} strokeDasharray={dash} />
    </svg>
  );
}
