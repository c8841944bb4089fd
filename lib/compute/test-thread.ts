import { NotFoundError } from "@/lib/errors";
import { serveTasks } from "./serve-tasks";

/** A thread that misbehaves on demand, for the pool's tests. */
serveTasks({
  echo: async (input: unknown) => input,
  byteLength: async (input: Uint8Array) => input.byteLength,
  spin: async () => {
    for (;;);
  },
  hang: () => new Promise(() => undefined),
  fail: async () => {
    throw Object.assign(new RangeError("Too far."), { code: "E_FAR" });
  },
  missing: async () => {
    throw new NotFoundError("The face");
  },
  exit: async () => process.exit(3),
  fillMemory: async () => {
    const kept: number[][] = [];
    for (;;) kept.push(new Array<number>(100_000).fill(kept.length + 0.5));
  },
  unclonable: async () => () => undefined,
});
