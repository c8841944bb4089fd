import { describe, expect, it } from "vitest";
import { componentKeys } from "@/components/fingerprint/components";
import { toDrawnGraph } from "./drawn-graph";
import { channels, over } from "./graph-colours";
import { layoutNames, reach } from "./layout";
import { layoutOf } from "./other-layouts";
import { placeLabels } from "./place-labels";

/** A face of so many statements, in three topics and two texts. */
function graphOf(count: number) {
  const all = Array.from({ length: count }, (_, at) => at);
  return toDrawnGraph({
    total: count,
    ids: all.map((at) => `prim_${at}`),
    statements: all.map((at) => `I keep ${at} bees.`),
    components: all.map((at) => "abde"[at % 4]).join(""),
    states: all.map((at) => (at % 9 === 0 ? "d" : "a")).join(""),
    confidences: all.map((at) => 40 + (at % 60)),
    sector_of: all.map((at) => at % 3),
    source_of: all.map((at) => at % 2),
    x: all.map((at) => (at * 37) % reach),
    y: all.map((at) => -((at * 61) % reach)),
    edges: count > 2 ? [0, 1, 0, 81, 0, 2, 1, 64] : [],
    sectors: ["bees", "letters", null],
    sources: [
      { document_id: "doc_a", label: "a.txt" },
      { document_id: "doc_b", label: "b.txt" },
    ],
    kept_nearest: null,
  });
}

describe("toDrawnGraph", () => {
  it("reads the columns back, and puts tensions first among what a statement is joined to", () => {
    const graph = graphOf(8);
    expect(graph.nodes[3]).toMatchObject({ id: "prim_3", component: "epsilon", confidence: 0.43, sector: 0 });
    expect(graph.joins[0]).toEqual([
      { to: 2, isTension: true, closeness: 0.64 },
      { to: 1, isTension: false, closeness: 0.81 },
    ]);
    expect(graph.joins[1]).toEqual([{ to: 0, isTension: false, closeness: 0.81 }]);
  });
});

describe.each(layoutNames)("the layout by %s", (name) => {
  it.each([1, 7, 90, 3000])("places %i statements inside the drawing, each once in the walk", (count) => {
    const graph = graphOf(count);
    const { places, order, angles, groups } = layoutOf(graph, name);
    expect(places).toHaveLength(count);
    expect(angles).toHaveLength(count);
    expect(groups).toHaveLength(count);
    for (const { x, y } of places) {
      expect(Math.abs(x)).toBeLessThanOrEqual(reach);
      expect(Math.abs(y)).toBeLessThanOrEqual(reach);
    }
    expect([...order].sort((a, b) => a - b)).toEqual(graph.nodes.map(({ place }) => place));
  });

  it("parts them into areas that hold each once, the largest first", () => {
    const { areas } = layoutOf(graphOf(50), name);
    expect(areas.flatMap(({ places }) => places).sort((a, b) => a - b)).toEqual(
      graphOf(50).nodes.map(({ place }) => place),
    );
    expect(areas.map(({ places }) => places.length)).toEqual(
      areas.map(({ places }) => places.length).sort((a, b) => b - a),
    );
  });

  it("is the same for the same data", () => {
    expect(layoutOf(graphOf(60), name)).toEqual(layoutOf(graphOf(60), name));
  });
});

describe("the layout by ring", () => {
  const graph = graphOf(400);
  const { places } = layoutOf(graph, "ring");
  const radii = (component: string) =>
    graph.nodes
      .filter((node) => node.component === component)
      .map(({ place }) => {
        const { x, y } = places[place] ?? { x: 0, y: 0 };
        return Math.hypot(x, y);
      });

  it("keeps the components in rings that do not touch, identity innermost", () => {
    for (const [at, component] of componentKeys.entries()) {
      const outer = componentKeys[at + 1];
      if (outer !== undefined) expect(Math.max(...radii(component))).toBeLessThan(Math.min(...radii(outer)));
    }
  });

  it("puts no two statements on one place", () => {
    const taken = new Set(places.map(({ x, y }) => `${x.toFixed(2)} ${y.toFixed(2)}`));
    expect(taken.size).toBe(400);
  });
});

describe("colours of the drawing", () => {
  it("are read however a build has written the token", () => {
    expect(channels("#ffffff")).toEqual([255, 255, 255]);
    expect(channels("#fff")).toEqual([255, 255, 255]);
    expect(channels("#a03")).toEqual([170, 0, 51]);
    expect(over("#000", "#fff", 0.5)).toBe("#808080");
  });
});

describe("placeLabels", () => {
  const label = (x: number, text: string) => ({ x, y: 10, width: 60, height: 20, label: text });

  it("leaves out what would cover a more important one", () => {
    const shown = placeLabels([label(0, "first"), label(40, "second"), label(80, "third")], { width: 300, height: 40 });
    expect(shown.map((each) => each.label)).toEqual(["first", "third"]);
  });

  it("pushes a label inside, and keeps clear of what stands there already", () => {
    const [shown] = placeLabels([label(280, "edge")], { width: 300, height: 40 });
    expect(shown?.x).toBe(240);
    expect(placeLabels([label(280, "edge")], { width: 300, height: 40 }, [label(200, "tag")])).toEqual([]);
  });
});
