import { createVectorMatrix, rowCosine } from "@/lib/models/vector-matrix";
import type { GraphForm } from "./graph-form";

/** A link between two primitives, by their keys; `from` is the smaller key. */
export type Edge = { from: string; to: string; kind: "tension" | "neighbour"; weight: number };

/** What linking needs to know of a primitive. */
export type LinkNode = { key: string; predicate: string; form: GraphForm; vector: Uint8Array };

/** A word in more primitives than this says little about which belong together; it also bounds the work. */
const maxPostings = 40;
const minNeighbourCosine = 0.6;
const minTensionOverlap = 0.6;
/** Two kinds are easily taken for one another: with nearly the same words they may contradict each other too. */
const minTensionOverlapAcrossKinds = 0.8;
/** No node of the graph has more edges of a kind than this; the strongest stay. */
const maxEach: Record<Edge["kind"], number> = { tension: 12, neighbour: 4 };

/**
 * Edges among primitives that share content words: a tension where they say the opposite under conditions that may
 * hold together, else neighbours by cosine. Cosine alone finds no tension: it ranks opposites above paraphrases.
 *
 * @param nodes sorted by key
 */
export function linkEdges(nodes: LinkNode[]): Edge[] {
  const matrix = createVectorMatrix(nodes.map(({ vector }) => vector));
  const found: Edge[] = [];
  eachPair(nodes, (a, b) => {
    const tension = tensionOf(a.node, b.node);
    const cosine = tension === null ? rowCosine(matrix, a.at, b.at) : 0;
    if (tension !== null) found.push(tension);
    else if (cosine >= minNeighbourCosine) found.push(edge(a.node, b.node, "neighbour", cosine));
  });
  return [...strongest(found, "tension"), ...strongest(found, "neighbour")].sort(byName);
}

/** The tensions alone, which need no vectors. @param nodes sorted by key */
export function linkTensions(nodes: LinkNode[]): Edge[] {
  const found: Edge[] = [];
  eachPair(nodes, (a, b) => {
    const tension = tensionOf(a.node, b.node);
    if (tension !== null) found.push(tension);
  });
  return strongest(found, "tension").sort(byName);
}

type Placed = { at: number; node: LinkNode };

/** Visits the pairs that share a telling word, each once. */
function eachPair(nodes: LinkNode[], visit: (a: Placed, b: Placed) => void): void {
  const postings = new Map<string, Placed[]>();
  for (const [at, node] of nodes.entries()) {
    for (const stem of node.form.stems) {
      const holders = postings.get(stem);
      if (holders === undefined) postings.set(stem, [{ at, node }]);
      else holders.push({ at, node });
    }
  }
  for (const [at, node] of nodes.entries()) {
    const seen = new Set<number>();
    for (const stem of node.form.stems) {
      const holders = postings.get(stem) ?? [];
      if (holders.length > maxPostings) continue;
      for (const other of holders) {
        if (other.at <= at || seen.has(other.at)) continue;
        seen.add(other.at);
        visit({ at, node }, other);
      }
    }
  }
}

function tensionOf(a: LinkNode, b: LinkNode): Edge | null {
  if (a.form.polarity === b.form.polarity) return null;
  const overlap = jaccard(a.form.stems, b.form.stems);
  const needed = a.predicate === b.predicate ? minTensionOverlap : minTensionOverlapAcrossKinds;
  const isTension = overlap >= needed && mayHoldTogether(a.form.condition, b.form.condition);
  return isTension ? edge(a, b, "tension", overlap) : null;
}

/** Two different conditions are no contradiction: people do one thing in one case and another in another. */
function mayHoldTogether(a: string[], b: string[]): boolean {
  const [fewer, more] = a.length <= b.length ? [a, b] : [b, a];
  return fewer.every((stem) => more.includes(stem));
}

/** Keeps the strongest edges of a kind until either end has enough; ties by name, so that the set alone decides. */
function strongest(edges: Edge[], kind: Edge["kind"]): Edge[] {
  const degrees = new Map<string, number>();
  const degree = (key: string) => degrees.get(key) ?? 0;
  return edges
    .filter((each) => each.kind === kind)
    .sort((a, b) => b.weight - a.weight || byName(a, b))
    .filter(({ from, to }) => {
      if (degree(from) >= maxEach[kind] || degree(to) >= maxEach[kind]) return false;
      degrees.set(from, degree(from) + 1).set(to, degree(to) + 1);
      return true;
    });
}

function edge(a: LinkNode, b: LinkNode, kind: Edge["kind"], weight: number): Edge {
  const [from, to] = a.key < b.key ? [a.key, b.key] : [b.key, a.key];
  return { from, to, kind, weight: Math.round(weight * 1e4) / 1e4 };
}

function byName(a: Edge, b: Edge): number {
  return a.from < b.from ? -1 : a.from > b.from ? 1 : a.to < b.to ? -1 : a.to > b.to ? 1 : 0;
}

function jaccard(a: string[], b: string[]): number {
  let both = 0;
  for (const stem of a) if (b.includes(stem)) both += 1;
  return both === 0 ? 0 : both / (a.length + b.length - both);
}
