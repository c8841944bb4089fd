import { componentKeys, componentNames } from "@/components/fingerprint/components";
import { graphText } from "@/components/strings/graph";
import type { DrawnGraph, DrawnNode } from "./drawn-graph";
import { type AreaName, type Guide, type Layout, type Place, reach } from "./layout";

const TAU = Math.PI * 2;
const hole = reach * 0.16;
/** A ring with little in it is still a ring. */
const leastShare = 0.09;
const sectorGap = 0.05;
/** Of a ring's width, at each border. */
const padding = 0.16;
const nameOffset = 34;

type Sector = { from: number; to: number };

/**
 * Components as rings, what they are about as sectors; nothing else decides. A ring is as wide as its statements need,
 * so that they lie equally close everywhere.
 */
export function ringLayout({ nodes, sectors }: DrawnGraph): Layout {
  const places: Place[] = nodes.map(() => ({ x: 0, y: 0 }));
  const order: number[] = [];
  const groups: string[] = nodes.map(() => "");
  const guides: Guide[] = [{ kind: "circle", x: 0, y: 0, radius: hole }];
  const spans = sectorSpans(nodes, sectors.length);
  let inner = hole;
  for (const component of componentKeys) {
    const ring = nodes.filter((node) => node.component === component);
    const outer = outerRadius(inner, ring.length, nodes.length);
    for (const [at, span] of spans.entries()) {
      const cell = ring.filter(({ sector }) => sector === at);
      const laid = cellPlaces(cell.length, span, inner, outer);
      const name = sectors[at] ?? null;
      const heading = sectors.length > 1 ? (name ?? graphText.elsewhere) : "";
      for (const [index, node] of cell.entries()) {
        places[node.place] = laid[index] ?? { x: 0, y: 0 };
        groups[node.place] = graphText.ringGroup(componentNames[component].name, heading);
        order.push(node.place);
      }
    }
    guides.push({ kind: "circle", x: 0, y: 0, radius: outer });
    inner = outer;
  }
  const isParted = sectors.length > 1;
  if (isParted)
    for (const { from } of spans) guides.push({ kind: "spoke", angle: from - sectorGap / 2, from: hole, to: reach });
  return {
    places,
    angles: places.map(({ x, y }) => Math.atan2(y, x)),
    order,
    groups,
    guides,
    names: isParted ? sectorNames(nodes, sectors, spans) : [],
    areas: sectorAreas(nodes, sectors),
  };
}

/** Which statements gather around what. */
export function sectorAreas(nodes: readonly DrawnNode[], sectors: DrawnGraph["sectors"]): Layout["areas"] {
  return sectors
    .map((name, at) => ({
      name: name ?? graphText.elsewhere,
      places: nodes.filter(({ sector }) => sector === at).map(({ place }) => place),
    }))
    .sort((a, b) => b.places.length - a.places.length);
}

/** From the top clockwise, each as wide as its share of the face. */
function sectorSpans(nodes: readonly DrawnNode[], count: number): Sector[] {
  const gap = count > 1 ? sectorGap : 0.12;
  let angle = TAU / 4 - gap / 2;
  return Array.from({ length: Math.max(1, count) }, (_, at) => {
    const share = nodes.length === 0 ? 1 : nodes.filter(({ sector }) => sector === at).length / nodes.length;
    const from = angle;
    angle -= share * (TAU - gap * Math.max(1, count)) + gap;
    return { from, to: angle + gap };
  });
}

/** The radius at which a ring's area fits its share of the statements. */
function outerRadius(inner: number, count: number, all: number): number {
  const free = 1 - leastShare * componentKeys.length;
  const share = leastShare + free * (all === 0 ? 1 / componentKeys.length : count / all);
  return Math.sqrt(inner * inner + share * (reach * reach - hole * hole));
}

/** Even places in a piece of a ring, in rows if it must be, in the order of their angle. */
function cellPlaces(count: number, { from, to }: Sector, inner: number, outer: number): Place[] {
  const width = (outer - inner) * (1 - 2 * padding);
  const first = inner + (outer - inner) * padding;
  const middle = (inner + outer) / 2;
  const length = Math.abs(to - from) * middle;
  const rows = Math.max(1, Math.round(Math.sqrt((count * width) / Math.max(1, length))));
  const radii = Array.from({ length: rows }, (_, row) => (rows === 1 ? middle : first + (width * (row + 0.5)) / rows));
  const sum = radii.reduce((all, radius) => all + radius, 0);
  const polar: { angle: number; radius: number }[] = [];
  let before = 0;
  for (const radius of radii) {
    const until = radius === radii.at(-1) ? count : Math.min(count, Math.round(before + (count * radius) / sum));
    const inRow = until - before;
    for (let at = 0; at < inRow; at += 1) polar.push({ angle: from + ((to - from) * (at + 0.5)) / inRow, radius });
    before = until;
  }
  polar.sort((a, b) => b.angle - a.angle || a.radius - b.radius);
  return polar.map(({ angle, radius }) => ({ x: radius * Math.cos(angle), y: radius * Math.sin(angle) }));
}

function sectorNames(nodes: readonly DrawnNode[], sectors: DrawnGraph["sectors"], spans: Sector[]): AreaName[] {
  return sectors.flatMap((name, at) => {
    const span = spans[at];
    if (span === undefined) return [];
    const angle = (span.from + span.to) / 2;
    const radius = reach + nameOffset;
    const side = Math.cos(angle);
    return {
      x: radius * side,
      y: radius * Math.sin(angle),
      text: name ?? graphText.elsewhere,
      align: Math.abs(side) < 0.2 ? ("center" as const) : side < 0 ? ("right" as const) : ("left" as const),
      weight: nodes.filter(({ sector }) => sector === at).length,
    };
  });
}
