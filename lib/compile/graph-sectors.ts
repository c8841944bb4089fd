import { unpackVector, vectorDimensions } from "@/lib/models/vector";
import { meanOf } from "./graph-projection";

/** A person, place or topic with the places of the primitives that touch it. */
export type SectorConcept = { name: string; members: number[] };

/** What primitives gather around: `names` in the order in which they stand around the drawing, null last. */
export type Sectors = { names: (string | null)[]; of: number[] };

const maxSectors = 12;
const fewestMembers = 3;
/** A concept of a third of a face tells no part of it from another. */
const maxShare = 0.35;
/** A primitive that touches none joins the nearest if it lies at least this much its way: the cosine around the mean. */
const minJoiningCosine = 0.1;

/**
 * Parts a graph by what it is about: some concepts that together touch much of it and whose primitives lie close to
 * each other, each with those it touches and those that are nearest in meaning. What is near none stands apart.
 */
export function findSectors(packed: readonly Uint8Array[], concepts: readonly SectorConcept[]): Sectors {
  const units = packed.map(unpackVector);
  const mean = meanOf(units);
  const vectors = units.map((unit) => toUnit(unit.map((value, at) => value - (mean[at] ?? 0))));
  const chosen = chooseConcepts(vectors, concepts);
  if (chosen.length < 2) return { names: [null], of: packed.map(() => 0) };
  const centres = chosen.map(({ members }) => centreOf(vectors, members));
  const order = aroundTheCircle(centres);
  const place = new Map(order.map((sector, at) => [sector, at]));
  const touched = Map.groupBy(
    chosen.flatMap(({ members }, sector) => members.map((member) => ({ member, sector }))),
    ({ member }) => member,
  );
  const of = vectors.map((vector, member) => {
    const own = touched.get(member)?.map(({ sector }) => sector);
    const { sector, cosine } = nearestOf(vector, centres, own ?? order);
    const isNear = own !== undefined || cosine >= minJoiningCosine;
    return isNear ? (place.get(sector) ?? order.length) : order.length;
  });
  const names = order.map((sector) => chosen[sector]?.name ?? null);
  return of.includes(order.length) ? { names: [...names, null], of } : { names, of };
}

/** The concept that adds most, again and again: how many new ones it touches, times how close together they lie. */
function chooseConcepts(vectors: readonly Float32Array[], concepts: readonly SectorConcept[]): SectorConcept[] {
  const wanted = Math.min(maxSectors, Math.round(Math.sqrt(vectors.length) / 2.2));
  const fewest = Math.max(fewestMembers, Math.round(vectors.length / 150));
  const candidates = concepts
    .filter(({ members }) => members.length >= fewest && members.length <= Math.max(6, vectors.length * maxShare))
    .map((concept) => ({ ...concept, closeness: Math.max(0.01, closenessOf(vectors, concept.members)) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const covered = new Set<number>();
  const chosen: SectorConcept[] = [];
  while (chosen.length < wanted) {
    let best: { concept: SectorConcept; score: number } | null = null;
    for (const concept of candidates) {
      const fresh = concept.members.filter((member) => !covered.has(member)).length;
      if (fresh < fewest || fresh < concept.members.length / 2 || isSaid(chosen, concept.name)) continue;
      const score = fresh * concept.closeness;
      if (best === null || score > best.score) best = { concept, score };
    }
    if (best === null) break;
    chosen.push(best.concept);
    for (const member of best.concept.members) covered.add(member);
  }
  return chosen;
}

/** "old book" says little beside "book". */
function isSaid(chosen: readonly SectorConcept[], name: string): boolean {
  const words = name.toLowerCase().split(" ");
  return chosen.some((other) =>
    other.name
      .toLowerCase()
      .split(" ")
      .some((word) => words.includes(word)),
  );
}

/** The mean cosine of its pairs, from the length of their sum. */
function closenessOf(vectors: readonly Float32Array[], members: readonly number[]): number {
  const sum = sumOf(vectors, members);
  const count = members.length;
  return count < 2 ? 0 : (product(sum, sum) - count) / (count * (count - 1));
}

const centreOf = (vectors: readonly Float32Array[], members: readonly number[]): Float32Array =>
  toUnit(sumOf(vectors, members));

function sumOf(vectors: readonly Float32Array[], members: readonly number[]): Float32Array {
  const sum = new Float32Array(vectorDimensions);
  for (const member of members)
    for (let at = 0; at < vectorDimensions; at += 1) sum[at] = (sum[at] ?? 0) + (vectors[member]?.[at] ?? 0);
  return sum;
}

/** Neighbours in meaning stand beside each other: from the first one always on to the nearest that is left. */
function aroundTheCircle(centres: readonly Float32Array[]): number[] {
  const order = [0];
  while (order.length < centres.length) {
    const last = centres[order.at(-1) ?? 0] ?? new Float32Array(vectorDimensions);
    const left = centres.map((_, sector) => sector).filter((sector) => !order.includes(sector));
    order.push(nearestOf(last, centres, left).sector);
  }
  return order;
}

function nearestOf(vector: Float32Array, centres: readonly Float32Array[], among: readonly number[]) {
  let nearest = { sector: among[0] ?? 0, cosine: -Infinity };
  for (const sector of among) {
    const centre = centres[sector];
    const cosine = centre === undefined ? -Infinity : product(vector, centre);
    if (cosine > nearest.cosine) nearest = { sector, cosine };
  }
  return nearest;
}

function toUnit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(product(vector, vector)) || 1;
  return vector.map((value) => value / length);
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < vectorDimensions; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
