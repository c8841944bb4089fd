import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type DeletionEnd, LateDeletions, undoMs } from "./late-deletions";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function begin(remove: (id: string) => Promise<unknown> = () => Promise.resolve()) {
  const removed: string[] = [];
  const left: string[] = [];
  const ends: DeletionEnd["kind"][] = [];
  const deletions = new LateDeletions(
    (id) => {
      removed.push(id);
      return remove(id);
    },
    (id) => left.push(id),
  );
  deletions.add("one", ({ kind }) => ends.push(kind));
  return { deletions, removed, left, ends };
}

test("nothing is deleted that is taken back", async () => {
  const { deletions, removed, ends } = begin();
  expect([...deletions.list()]).toEqual(["one"]);
  expect(deletions.undo("one")).toBe(true);
  await vi.advanceTimersByTimeAsync(undoMs * 2);
  expect({ removed, ends, shown: deletions.list().size }).toEqual({ removed: [], ends: ["undone"], shown: 0 });
});

test("after the time to take it back it is deleted, once", async () => {
  const { deletions, removed, ends } = begin();
  deletions.add("one", () => undefined);
  await vi.advanceTimersByTimeAsync(undoMs);
  expect(deletions.undo("one")).toBe(false);
  expect({ removed, ends }).toEqual({ removed: ["one"], ends: ["deleted"] });
});

test("one that fails comes back", async () => {
  const { deletions, ends } = begin(() => Promise.reject(new Error("no")));
  await vi.advanceTimersByTimeAsync(undoMs);
  expect({ ends, shown: deletions.list().size }).toEqual({ ends: ["failed"], shown: 0 });
});

test("a page that goes sends what still waits", async () => {
  const { deletions, left, removed } = begin();
  deletions.leave();
  await vi.advanceTimersByTimeAsync(undoMs);
  expect({ left, removed }).toEqual({ left: ["one"], removed: [] });
});
