import { expect, it } from "vitest";
import type { FaceRows } from "./face-rows";
import { buffersOf, packRows, unpackRows } from "./pack-rows";
import { primitiveOf, searchRows, spansOf } from "./testing";

async function rowsOf(count: number): Promise<FaceRows> {
  const [first] = await spansOf("doc_life", ["I keep bees. “Süß!” said my sister."]);
  if (first === undefined) throw new Error("one line is one span");
  const spans = Array.from({ length: count }, (_each, at) => ({
    ...first,
    id: `span_${at}`,
    start: at * 40,
    end: at * 40 + 36,
  }));
  const primitives = [
    await primitiveOf("prim_bees", "I keep bees.", first),
    await primitiveOf("prim_none", "I don't.", null),
  ];
  return { spans, primitives, edges: [{ from: "prim_bees", to: "prim_none", kind: "tension", weight: 0.7 }] };
}

it.each([0, 1, 250, 251, 600])("gives %i spans back as they were, also from another thread", async (count) => {
  const rows = await rowsOf(count);
  const packed = await packRows(rows);
  const sent = structuredClone(packed, { transfer: buffersOf(packed) });
  expect(unpackRows(sent)).toEqual(rows);
});

it("is searched like the rows themselves", async () => {
  const rows = await rowsOf(3);
  const packed = await packRows(rows);
  const ask = "Do you keep bees?";
  expect(await searchRows(rows, ask)).toEqual(await searchRows({ spans: [], primitives: [] }, ask, { packed }));
});

it("lets others run between two pages", async () => {
  const rows = await rowsOf(2_000);
  let turns = 0;
  const count = () => {
    turns += 1;
    if (turns < 1_000) setImmediate(count);
  };
  setImmediate(count);
  await packRows(rows);
  expect(turns).toBeGreaterThanOrEqual(8);
  turns = 1_000;
});
