import { componentKeys, type ComponentKey } from "@/components/fingerprint/components";
import { componentLetters, type GraphMap, stateLetters } from "@/lib/compile/schemas";

/** A statement in the drawing. `place` is its number among all of them. */
export type DrawnNode = {
  place: number;
  id: string;
  statement: string;
  component: ComponentKey;
  state: keyof typeof stateLetters;
  /** 0–1 */
  confidence: number;
  sector: number;
  /** −1: no text holds it */
  source: number;
  x: number;
  y: number;
};

/** A line to another statement; `closeness` is the cosine of the two. */
export type Join = { to: number; isTension: boolean; closeness: number };

export type DrawnGraph = {
  nodes: DrawnNode[];
  edges: { from: number; to: number; isTension: boolean; closeness: number }[];
  /** by place: the lines of each, tensions first, then the closest */
  joins: Join[][];
  sectors: (string | null)[];
  sources: GraphMap["sources"];
  total: number;
  keptNearest: number | null;
};

const componentOf = new Map(componentKeys.map((key) => [componentLetters[key] as string, key]));
const stateOf = new Map(
  (Object.keys(stateLetters) as (keyof typeof stateLetters)[]).map((state) => [stateLetters[state] as string, state]),
);

/** The columns of the wire as things that can be drawn. */
export function toDrawnGraph(map: GraphMap): DrawnGraph {
  const nodes = map.ids.map((id, place) => ({
    place,
    id,
    statement: map.statements[place] ?? "",
    component: componentOf.get(map.components[place] ?? "") ?? "alpha",
    state: stateOf.get(map.states[place] ?? "") ?? "active",
    confidence: (map.confidences[place] ?? 0) / 100,
    sector: map.sector_of[place] ?? 0,
    source: map.source_of[place] ?? -1,
    x: map.x[place] ?? 0,
    y: map.y[place] ?? 0,
  }));
  const edges: DrawnGraph["edges"] = [];
  for (let at = 0; at + 3 < map.edges.length; at += 4) {
    const [from = 0, to = 0, isTension = 0, closeness = 0] = map.edges.slice(at, at + 4);
    edges.push({ from, to, isTension: isTension === 1, closeness: closeness / 100 });
  }
  const joins: Join[][] = nodes.map(() => []);
  for (const { from, to, ...rest } of edges) {
    joins[from]?.push({ to, ...rest });
    joins[to]?.push({ to: from, ...rest });
  }
  for (const each of joins) each.sort((a, b) => Number(b.isTension) - Number(a.isTension) || b.closeness - a.closeness);
  return {
    nodes,
    edges,
    joins,
    sectors: map.sectors,
    sources: map.sources,
    total: map.total,
    keptNearest: map.kept_nearest,
  };
}
