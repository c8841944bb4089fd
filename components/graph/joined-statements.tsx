import { graphText } from "@/components/strings/graph";
import { formatHundredths } from "@/lib/format";
import type { DrawnGraph } from "./drawn-graph";
import { ShapeSign } from "./shape-sign";

type JoinedStatementsProps = { graph: DrawnGraph; place: number; onSelect: (place: number) => void };

/** What a line leads to, tensions first, then the closest. */
export function JoinedStatements({ graph, place, onSelect }: JoinedStatementsProps) {
  const joins = graph.joins[place] ?? [];
  return (
    <section aria-labelledby="graph-joined">
      <div className="flex items-baseline border-b border-line pb-1.5">
        <h3 id="graph-joined">{graphText.joined}</h3>
        {joins.length > 0 ? <span className="ml-auto text-1 text-ink-3">{graphText.closeness}</span> : null}
      </div>
      {joins.length === 0 ? <p className="py-2 text-2 text-ink-2">{graphText.nothingJoined}</p> : null}
      <ul>
        {joins.map(({ to, isTension, closeness }) => {
          const node = graph.nodes[to];
          if (node === undefined) return null;
          return (
            <li key={`${node.id} ${isTension}`} className="border-b border-line">
              <button
                type="button"
                onClick={() => onSelect(to)}
                className="grid w-full grid-cols-[14px_minmax(0,1fr)_auto] gap-2.5 px-2 py-2 text-left text-2 -outline-offset-2 hover:bg-sunk"
              >
                <ShapeSign component={node.component} className="mt-[3px]" />
                <span className="[overflow-wrap:anywhere]">
                  {node.statement} {isTension ? <span className="text-ink-3">{graphText.tensionWord}</span> : null}
                </span>
                <span className="num text-1 leading-5 text-ink-3">{formatHundredths(closeness)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
