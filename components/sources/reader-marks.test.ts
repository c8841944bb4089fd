import { expect, test } from "vitest";
import type { PrimitiveView } from "@/lib/compile/schemas";
import { blocksOf, spotOf } from "./reader-marks";

const at = { document: "doc_1", version: 2 };
const statement = (id: string, ...places: [number, number][]) =>
  ({
    id,
    provenance: places.map(([start, end]) => ({ document_id: "doc_1", version: 2, start, end, quote: "" })),
  }) as unknown as PrimitiveView;

const shown = (text: string, statements: PrimitiveView[]) =>
  blocksOf(text, statements, at).flatMap(({ pieces }) =>
    pieces.map(({ start, end, statements: found }) => [text.slice(start, end), found.map(({ id }) => id).join("+")]),
  );

test("sentences that statements rest on are marked, and where two overlap both are named", () => {
  expect(shown("I love tea. I hate noise.", [statement("a", [0, 11]), statement("b", [7, 25])])).toEqual([
    ["I love ", "a"],
    ["tea.", "a+b"],
    [" I hate noise.", "b"],
  ]);
});

test("a quote of another version or another text marks nothing", () => {
  const other = statement("a", [0, 3]);
  for (const source of other.provenance) source.version = 1;
  expect(shown("I love tea.", [other])).toEqual([["I love tea.", ""]]);
});

test("a long text is cut at paragraphs, nothing is lost, and a quote over a cut is marked on both sides", () => {
  const text = Array.from({ length: 400 }, (_, n) => `Paragraph number ${n} of a long text.`).join("\n");
  const blocks = blocksOf(text, [], at);
  expect(blocks.length).toBeGreaterThan(4);
  expect(blocks.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
  const cut = blocks[1]?.start ?? 0;
  expect(text[cut - 1]).toBe("\n");
  const marked = blocksOf(text, [statement("a", [cut - 5, cut + 5])], at);
  expect(marked[0]?.pieces.at(-1)).toMatchObject({ start: cut - 5, end: cut });
  expect(marked[1]?.pieces[0]).toMatchObject({ start: cut, end: cut + 5 });
});

test("an empty text and one without any space are no endless loop", () => {
  expect(blocksOf("", [], at)).toEqual([]);
  expect(blocksOf("a".repeat(9_000), [], at)).toHaveLength(1);
});

test("the place that an address names is a piece of its own, also within a marked sentence", () => {
  const spot = spotOf("7-10");
  const [block] = blocksOf("I love tea. I hate noise.", [statement("a", [0, 11])], at, spot);
  expect(block?.pieces.map(({ start, end, isSpot }) => [start, end, isSpot])).toEqual([
    [0, 7, false],
    [7, 10, true],
    [10, 11, false],
    [11, 25, false],
  ]);
  for (const nothing of ["", "7", "10-7", "a-b", "1-99999999999"]) expect(spotOf(nothing)).toBeNull();
});
