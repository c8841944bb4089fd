import { createVectorMatrix, rowCosine } from "@/lib/models/vector-matrix";
import { projectVectors } from "./graph-projection";
import { findSectors, type SectorConcept } from "./graph-sectors";

/** Vectors in an order that follows from what the primitives say, and what they touch, by their places in it. */
export type MapGraphInput = { vectors: Uint8Array[]; concepts: SectorConcept[]; edges: [number, number][] };

/** Where the primitives of a graph lie, in the order of the input. */
export type MappedGraph = {
  /** −1000 to 1000 */
  x: number[];
  y: number[];
  sectors: (string | null)[];
  sectorOf: number[];
  /** cosine of each edge's ends, in hundredths */
  closeness: number[];
  keptNearest: number | null;
};

/** Places a graph on a plane, parts it by what it is about, and measures its edges. Runs in a compute thread. */
export function mapGraph({ vectors, concepts, edges }: MapGraphInput): MappedGraph {
  const { x, y, keptNearest } = projectVectors(vectors);
  const { names, of } = findSectors(vectors, concepts);
  const matrix = createVectorMatrix(vectors);
  const [fitX, fitY] = fit(x, y);
  return {
    x: fitX,
    y: fitY,
    sectors: names,
    sectorOf: of,
    closeness: edges.map(([from, to]) => Math.round(100 * rowCosine(matrix, from, to))),
    keptNearest: keptNearest === null ? null : Math.round(keptNearest * 100) / 100,
  };
}

/** One scale for both axes, so that distances stay what they are. */
function fit(x: Float32Array, y: Float32Array): [number[], number[]] {
  const middle = (values: Float32Array) => (Math.max(...values) + Math.min(...values)) / 2 || 0;
  const reach = (values: Float32Array) => (Math.max(...values) - Math.min(...values)) / 2;
  const scale = 1000 / (Math.max(reach(x), reach(y)) || 1);
  const place = (values: Float32Array) => {
    const centre = middle(values);
    return Array.from(values, (value) => Math.round((value - centre) * scale));
  };
  return [place(x), place(y)];
}
