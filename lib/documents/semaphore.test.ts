import { expect, test } from "vitest";
import { Semaphore } from "./semaphore";

test("lets two of ten run at once, and all in the end, also when some fail or have left", async () => {
  const semaphore = new Semaphore(2);
  const left = AbortSignal.abort(new Error("left"));
  let running = 0;
  let most = 0;
  const results = await Promise.allSettled(
    Array.from({ length: 10 }, (_each, index) =>
      semaphore.run(index === 7 ? left : new AbortController().signal, async () => {
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running -= 1;
        if (index % 3 === 0) throw new Error("failed");
      }),
    ),
  );
  expect(most).toBe(2);
  expect(results.map(({ status }) => status === "fulfilled")).toEqual([
    false,
    true,
    true,
    false,
    true,
    true,
    false,
    false,
    true,
    false,
  ]);
});
