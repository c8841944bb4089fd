import { dot } from "@/lib/models/vector";

/** A link between two primitives, by their keys. */
export type Edge = { from: string; to: string; kind: "tension" | "neighbour"; weight: number };

type Node = {
  primitive: { key: string; predicate: string; polarity: "pos" | "neg"; condition: string | null };
  stems: string[];
  vector: Float32Array;
};

/** A word in more primitives than this says little about which belong together; it also bounds the work. */
const maxPostings = 40;
const neighboursEach = 3;
const minNeighbourCosine = 0.6;
const minTensionOverlap = 0.6;
/** Two kinds are easily taken for one another: with nearly the same words they may contradict each other too. */
const minTensionOverlapAcrossKinds = 0.8;

/**
 * Edges among primitives that share content words: a tension where they say the opposite under conditions that may
 * hold together, else the nearest three by cosine. Cosine alone finds no tension: it ranks opposites above
 * paraphrases.
 *
 * @param nodes sorted by key
 */
export function linkEdges(nodes: Node[]): Edge[] {
  const postings = new Map<string, number[]>();
  nodes.forEach(({ stems }, index) => {
    for (const stem of stems) {
      const holders = postings.get(stem);
      if (holders === undefined) postings.set(stem, [index]);
      else holders.push(index);
    }
  });
  const edges = new Map<string, Edge>();
  nodes.forEach((node, index) => {
    const near: Edge[] = [];
    for (const other of candidates(node, index, postings)) {
      const edge = linkOf(node, nodes[other]);
      if (edge?.kind === "tension") edges.set(`${edge.from} ${edge.to}`, edge);
      else if (edge) near.push(edge);
    }
    near.sort((a, b) => b.weight - a.weight || (a.from + a.to < b.from + b.to ? -1 : 1));
    for (const edge of near.slice(0, neighboursEach)) edges.set(`${edge.from} ${edge.to}`, edge);
  });
  return [...edges.values()].sort((a, b) => (a.from + a.to < b.from + b.to ? -1 : 1));
}

function candidates(node: Node, index: number, postings: Map<string, number[]>): Set<number> {
  const found = new Set<number>();
  for (const stem of node.stems) {
    const holders = postings.get(stem) ?? [];
    if (holders.length <= maxPostings) for (const holder of holders) found.add(holder);
  }
  found.delete(index);
  return found;
}

function linkOf(a: Node, b: Node | undefined): Edge | null {
  if (b === undefined) return null;
  const [from, to] =
    a.primitive.key < b.primitive.key ? [a.primitive.key, b.primitive.key] : [b.primitive.key, a.primitive.key];
  const overlap = jaccard(a.stems, b.stems);
  const needed = a.primitive.predicate === b.primitive.predicate ? minTensionOverlap : minTensionOverlapAcrossKinds;
  const isOpposite = a.primitive.polarity !== b.primitive.polarity && overlap >= needed;
  if (isOpposite && mayHoldTogether(a.primitive.condition, b.primitive.condition)) {
    return { from, to, kind: "tension", weight: round(overlap) };
  }
  const cosine = dot(a.vector, b.vector);
  return cosine < minNeighbourCosine ? null : { from, to, kind: "neighbour", weight: round(cosine) };
}

/** Two different conditions are no contradiction: people do one thing in one case and another in another. */
function mayHoldTogether(a: string | null, b: string | null): boolean {
  return a === null || b === null || a.toLowerCase() === b.toLowerCase();
}

function jaccard(a: string[], b: string[]): number {
  const both = a.filter((stem) => b.includes(stem)).length;
  return both === 0 ? 0 : both / (a.length + b.length - both);
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
