import { expect, test, vi } from "vitest";
import type { DocumentView } from "@/lib/documents/schemas";
import { BusyError, UploadQueue } from "./upload-queue";

const file = (name: string) => new File(["I love tea."], name);
const document = (label: string) => ({ label }) as DocumentView;

/** A queue whose uploads end when the test says so. */
function controlled() {
  const started: {
    name: string;
    fields: Record<string, string>;
    end: (error?: unknown) => void;
    onProgress: (share: number) => void;
  }[] = [];
  const queue = new UploadQueue(
    ({ file, fields, signal, onProgress }) =>
      new Promise((resolve, reject) => {
        const end = (error?: unknown) => (error === undefined ? resolve(document(file.name)) : reject(error));
        signal.addEventListener("abort", () => reject(signal.reason));
        started.push({ name: file.name, fields, end, onProgress });
      }),
  );
  const states = () => queue.list().map(({ file, status }) => `${file.name} ${status}`);
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { queue, started, states, settle };
}

test("two files are sent at a time, the others wait their turn", async () => {
  const { queue, started, states, settle } = controlled();
  const arrived: string[] = [];
  queue.onArrived = (face, { label }) => arrived.push(`${face} ${label}`);
  queue.add("ann", [file("a"), file("b"), file("c")], { type: "thread" });
  expect(states()).toEqual(["a sending", "b sending", "c queued"]);
  started[0]?.onProgress(0.5);
  expect(queue.list()[0]).toMatchObject({ share: 0.5 });
  started[0]?.end();
  await settle();
  expect(states()).toEqual(["b sending", "c sending"]);
  expect(arrived).toEqual(["ann a"]);
  expect(started[2]?.fields).toEqual({ type: "thread" });
});

test("one that failed stays with its reason, holds nobody up, and is sent again with what was answered", async () => {
  const { queue, started, states, settle } = controlled();
  queue.add("ann", [file("a"), file("b"), file("c")], {});
  started[0]?.end(new Error("Who is it?"));
  await settle();
  expect(states()).toEqual(["a failed", "b sending", "c sending"]);
  queue.retry(queue.list()[0]?.id ?? 0, { face_speaker: "N" });
  expect(states()[0]).toBe("a queued");
  started[1]?.end();
  await settle();
  expect(started[3]).toMatchObject({ name: "a", fields: { face_speaker: "N" } });
});

test("a cancelled one is gone at once, whether it ran, waited or had failed", async () => {
  const { queue, started, states, settle } = controlled();
  queue.add("ann", [file("a"), file("b"), file("c")], {});
  const [a, , c] = queue.list();
  queue.cancel(a?.id ?? 0);
  queue.cancel(c?.id ?? 0);
  await settle();
  expect(states()).toEqual(["b sending"]);
  started[1]?.end(new Error("no"));
  await settle();
  queue.cancel(queue.list()[0]?.id ?? 0);
  expect(states()).toEqual([]);
});

test("when the server asks to wait, the file goes back into the line and on by itself", async () => {
  vi.useFakeTimers();
  const { queue, started, states } = controlled();
  queue.add("ann", [file("a")], {});
  started[0]?.end(new BusyError(2_000));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(states()).toEqual(["a queued"]);
  await vi.advanceTimersByTimeAsync(1_100);
  expect(states()).toEqual(["a sending"]);
  expect(started).toHaveLength(2);
  vi.useRealTimers();
});
