import { componentKeys, componentNames } from "@/components/fingerprint/components";
import { graphText } from "@/components/strings/graph";
import type { DrawnGraph, DrawnNode } from "./drawn-graph";
import { type AreaName, type Guide, type Layout, type LayoutName, type Place, reach } from "./layout";
import { ringLayout, sectorAreas } from "./ring-layout";

export function layoutOf(graph: DrawnGraph, name: LayoutName): Layout {
  return name === "ring" ? ringLayout(graph) : name === "closeness" ? closenessLayout(graph) : sourceLayout(graph);
}

const upright = Math.PI / 2;
const ringOf = new Map(componentKeys.map((key, at) => [key, at]));

/** Where the server's projection of their meaning puts them; the names stand where what they name is densest. */
function closenessLayout({ nodes, sectors }: DrawnGraph): Layout {
  const walk = [...nodes].sort((a, b) => a.sector - b.sector || ring(a) - ring(b) || b.confidence - a.confidence);
  return {
    places: nodes.map(({ x, y }) => ({ x, y })),
    angles: nodes.map(() => upright),
    order: walk.map(({ place }) => place),
    groups: nodes.map(({ sector }) => (sectors.length > 1 ? (sectors[sector] ?? graphText.elsewhere) : "")),
    guides: [],
    names: sectors.flatMap((text, at) => {
      const members = nodes.filter(({ sector }) => sector === at);
      const place = densestOf(members);
      return text === null || place === null
        ? []
        : [{ ...place, text, align: "center" as const, weight: members.length }];
    }),
    areas: sectorAreas(nodes, sectors),
  };
}

const ring = ({ component }: DrawnNode): number => ringOf.get(component) ?? 0;

/** The place of the one with the most others near it. */
function densestOf(nodes: readonly DrawnNode[]): Place | null {
  const near = (reach * 0.16) ** 2;
  let best: { place: Place; others: number } | null = null;
  for (const { x, y } of nodes) {
    const others = nodes.filter((other) => (other.x - x) ** 2 + (other.y - y) ** 2 < near).length;
    if (best === null || others > best.others) best = { place: { x, y }, others };
  }
  return best?.place ?? null;
}

type Disc = { source: number; nodes: DrawnNode[]; radius: number; x: number; y: number };

const goldenAngle = Math.PI * (3 - Math.sqrt(5));
const discGap = 0.7;

/** A disc for each text, its statements from the middle outwards in ring order: the largest text first. */
function sourceLayout({ nodes, sources }: DrawnGraph): Layout {
  const places: Place[] = nodes.map(() => ({ x: 0, y: 0 }));
  const groups: string[] = nodes.map(() => "");
  const order: number[] = [];
  const guides: Guide[] = [];
  const names: AreaName[] = [];
  const discs = packDiscs(nodes);
  for (const disc of discs) {
    const label = sources[disc.source]?.label ?? graphText.noSource;
    const sorted = [...disc.nodes].sort((a, b) => ring(a) - ring(b) || b.confidence - a.confidence);
    for (const [at, node] of sorted.entries()) {
      const radius = disc.radius * 0.92 * Math.sqrt((at + 0.5) / sorted.length);
      const angle = at * goldenAngle;
      places[node.place] = { x: disc.x + radius * Math.cos(angle), y: disc.y + radius * Math.sin(angle) };
      groups[node.place] = graphText.sourceGroup(label, componentNames[node.component].name);
      order.push(node.place);
    }
    guides.push({ kind: "circle", x: disc.x, y: disc.y, radius: disc.radius });
    names.push({
      x: disc.x,
      y: disc.y + disc.radius + 26,
      text: label,
      align: "center",
      weight: disc.nodes.length,
    });
  }
  const areas = discs.map((disc) => ({
    name: sources[disc.source]?.label ?? graphText.noSource,
    places: disc.nodes.map(({ place }) => place),
  }));
  return { places, angles: nodes.map(() => upright), order, groups, guides, names, areas };
}

/** Discs in rows, as square as rows can be, scaled into the drawing. */
function packDiscs(nodes: readonly DrawnNode[]): Disc[] {
  const bySource = [...Map.groupBy(nodes, ({ source }) => source)].sort(([, a], [, b]) => b.length - a.length);
  const sized = bySource.map(([source, held]) => ({ source, nodes: held, radius: Math.sqrt(held.length) + 1 }));
  const area = sized.reduce((sum, { radius }) => sum + (2 * radius * (1 + discGap)) ** 2, 0);
  const wide = Math.max(Math.sqrt(area), 2 * (sized[0]?.radius ?? 1));
  const discs: Disc[] = [];
  let [x, y, tallest] = [0, 0, 0];
  for (const disc of sized) {
    const step = 2 * disc.radius;
    if (x > 0 && x + step > wide) [x, y, tallest] = [0, y - tallest * (1 + discGap / 2), 0];
    discs.push({ ...disc, x: x + disc.radius, y: y - disc.radius });
    x += step * (1 + discGap / 3);
    tallest = Math.max(tallest, step);
  }
  return fitted(discs);
}

function fitted(discs: Disc[]): Disc[] {
  const left = Math.min(...discs.map(({ x, radius }) => x - radius));
  const right = Math.max(...discs.map(({ x, radius }) => x + radius));
  const bottom = Math.min(...discs.map(({ y, radius }) => y - radius));
  const top = Math.max(...discs.map(({ y, radius }) => y + radius));
  const scale = (2 * reach * 0.94) / Math.max(1, right - left, top - bottom);
  return discs.map((disc) => ({
    ...disc,
    x: (disc.x - (left + right) / 2) * scale,
    y: (disc.y - (bottom + top) / 2) * scale,
    radius: disc.radius * scale,
  }));
}
