import { expect, test } from "vitest";
import { branchOf, leafUnder, siblingsOf } from "./branch";

/** A question with two answers, the second of which was asked on twice. */
const tree = [
  { id: "a", parent_id: null },
  { id: "b1", parent_id: "a" },
  { id: "b2", parent_id: "a" },
  { id: "c1", parent_id: "b2" },
  { id: "c2", parent_id: "b2" },
];
const ids = (messages: { id: string }[]) => messages.map(({ id }) => id).join();

test("a branch is the way from the first message to its leaf", () => {
  expect([ids(branchOf(tree, "c1")), ids(branchOf(tree, "b1")), ids(branchOf(tree, null))]).toEqual([
    "a,b2,c1",
    "a,b1",
    "",
  ]);
  expect(ids(branchOf(tree, "gone"))).toBe("");
});

test("whoever goes to a sibling comes to where it was last gone on", () => {
  expect([leafUnder(tree, "b2"), leafUnder(tree, "b1"), leafUnder(tree, "a")]).toEqual(["c2", "b1", "c2"]);
  expect(ids(siblingsOf(tree, { id: "c1", parent_id: "b2" }))).toBe("c1,c2");
});

test("a circle has an end", () => {
  const circle = [
    { id: "a", parent_id: "b" },
    { id: "b", parent_id: "a" },
  ];
  expect(branchOf(circle, "a")).toHaveLength(2);
  expect(leafUnder(circle, "a")).toBe("a");
});
