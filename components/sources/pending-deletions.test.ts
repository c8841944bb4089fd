import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type DeletionEnd, PendingDeletions, undoMs } from "./pending-deletions";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const receipt = { deleted: true, primitives_removed: 3, primitives_kept: 1, tokens_released: 40 };
const text = (id: string) => ({ id, label: id, isWaiting: false });

function made(remove = vi.fn(async () => receipt)) {
  const onLeaving = vi.fn();
  const deletions = new PendingDeletions(remove, onLeaving);
  const ends: DeletionEnd[] = [];
  const add = (...ids: string[]) => deletions.add("ann", ids.map(text), (end) => ends.push(end));
  return { deletions, remove, onLeaving, ends, add };
}

test("nothing is deleted before the time is over, then each text is, and the receipts are added up", async () => {
  const { deletions, remove, ends, add } = made();
  add("a", "b");
  await vi.advanceTimersByTimeAsync(undoMs - 1);
  expect(remove).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(remove.mock.calls).toEqual([
    ["ann", "a"],
    ["ann", "b"],
  ]);
  expect(ends).toEqual([
    { kind: "deleted", receipt: { deleted: true, primitives_removed: 6, primitives_kept: 2, tokens_released: 80 } },
  ]);
  expect(deletions.list()).toEqual([]);
});

test("what is taken back in time is never deleted; afterwards it is too late", async () => {
  const { deletions, remove, ends, add } = made();
  const { id } = add("a");
  expect(deletions.undo(id)).toBe(true);
  expect(deletions.undo(id)).toBe(false);
  await vi.advanceTimersByTimeAsync(undoMs * 2);
  expect(remove).not.toHaveBeenCalled();
  expect(ends).toEqual([{ kind: "undone" }]);
});

test("before a sync what waits is deleted at once, and once only", async () => {
  const { deletions, remove, add } = made();
  add("a");
  await deletions.flush("ben");
  expect(remove).not.toHaveBeenCalled();
  await deletions.flush("ann");
  await vi.advanceTimersByTimeAsync(undoMs * 2);
  expect(remove).toHaveBeenCalledTimes(1);
});

test("whoever leaves the page has deleted", async () => {
  const { deletions, remove, onLeaving, add } = made();
  add("a", "b");
  deletions.leave();
  deletions.leave();
  await vi.advanceTimersByTimeAsync(undoMs * 2);
  expect(onLeaving.mock.calls).toEqual([
    ["ann", "a"],
    ["ann", "b"],
  ]);
  expect(remove).not.toHaveBeenCalled();
});

test("a refusal brings the text back, with the reason", async () => {
  const error = new Error("No.");
  const { deletions, ends, add } = made(vi.fn(async () => Promise.reject(error)));
  add("a");
  await vi.advanceTimersByTimeAsync(undoMs);
  expect(ends).toEqual([{ kind: "failed", error }]);
  expect(deletions.list()).toEqual([]);
});

test("whoever asks for all to be deleted waits also for what is on its way", async () => {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const { deletions, add } = made(vi.fn(() => held.then(() => receipt)));
  add("a");
  await vi.advanceTimersByTimeAsync(undoMs);
  const flushed = vi.fn();
  const flushing = deletions.flush("ann").then(flushed);
  await vi.advanceTimersByTimeAsync(0);
  expect(flushed).not.toHaveBeenCalled();
  letGo();
  await flushing;
  expect(deletions.list()).toEqual([]);
});
