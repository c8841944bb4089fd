import { describe, expect, it } from "vitest";
import { packVector, vectorDimensions } from "@/lib/models/vector";
import { seededRandom } from "@/lib/seeded-random";
import { mapGraph } from "./graph-map.task";

/** Vectors around as many directions as there are topics, a few degrees off them. */
function aroundTopics(topics: number, each: number): Uint8Array[] {
  const random = seededRandom(5);
  return Array.from({ length: topics * each }, (_, at) => {
    const topic = Math.floor(at / each);
    const vector = Float32Array.from({ length: vectorDimensions }, (_value, place) => {
      const noise = (random() - 0.5) * 0.06;
      return (Math.floor((place * topics) / vectorDimensions) === topic ? 0.1 : 0) + noise;
    });
    const length = Math.hypot(...vector);
    return packVector(vector.map((value) => value / length));
  });
}

const each = 40;
const vectors = aroundTopics(3, each);
const concepts = ["bees", "letters", "boats"].map((name, topic) => ({
  name,
  members: Array.from({ length: 12 }, (_, at) => topic * each + at),
}));
const mapped = mapGraph({ vectors, concepts, edges: [[0, 1]] });

describe("mapGraph", () => {
  it("parts a graph by what it is about: those that name a topic, and those that lie near", () => {
    expect([...mapped.sectors].sort()).toEqual(["bees", "boats", "letters"]);
    for (const [at, sector] of mapped.sectorOf.entries())
      expect(mapped.sectors[sector]).toBe(concepts[Math.floor(at / each)]?.name);
  });

  it("puts near on the plane what is near in meaning", () => {
    const middle = [0, 1, 2].map((topic) => {
      const members = mapped.x.map((_, at) => at).filter((at) => Math.floor(at / each) === topic);
      const mean = (values: number[]) => members.reduce((sum, at) => sum + (values[at] ?? 0), 0) / each;
      const [x, y] = [mean(mapped.x), mean(mapped.y)];
      const spread = Math.max(...members.map((at) => Math.hypot((mapped.x[at] ?? 0) - x, (mapped.y[at] ?? 0) - y)));
      return { x, y, spread };
    });
    for (const [at, a] of middle.entries())
      for (const b of middle.slice(at + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(a.spread);
    expect(mapped.keptNearest).toBeGreaterThan(0.25);
  });

  it("gives the same for the same data, inside the drawing, and measures its edges", () => {
    expect(mapGraph({ vectors, concepts, edges: [[0, 1]] })).toEqual(mapped);
    expect(Math.max(...mapped.x.map(Math.abs), ...mapped.y.map(Math.abs))).toBe(1000);
    expect(mapped.closeness[0]).toBeGreaterThan(50);
  });

  it.each([0, 1, 2, 5])("takes a face of %i statements", (count) => {
    const few = mapGraph({ vectors: vectors.slice(0, count), concepts: [], edges: [] });
    expect(few.x).toHaveLength(count);
    expect([...few.x, ...few.y].every(Number.isFinite)).toBe(true);
    expect(few.sectors).toEqual([null]);
    expect(few.keptNearest).toBeNull();
  });
});
