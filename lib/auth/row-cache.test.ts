import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RowCache } from "./row-cache";

describe("RowCache", () => {
  test("never gives a row from before a change that was told, whatever the order of reads and changes", async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant("read" as const), key: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ do: fc.constant("change" as const), key: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ do: fc.constant("finish" as const), key: fc.nat() }),
      fc.constant({ do: "change all" as const, key: 0 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const stored = new Map<number, number>();
        const cache = new RowCache<number>(4, () => true);
        const waiting: (() => void)[] = [];
        const reads: Promise<void>[] = [];
        const load = async (key: number) => {
          const row = stored.get(key) ?? 0;
          await new Promise<void>((done) => waiting.push(done));
          return row;
        };
        const read = async (key: number) => {
          const atStart = stored.get(key) ?? 0;
          const row = await cache.read(
            String(key),
            () => load(key),
            () => [`rows ${key}`],
          );
          expect(row).toBeGreaterThanOrEqual(atStart);
        };
        for (const { do: what, key } of steps) {
          if (what === "read") reads.push(read(key));
          if (what === "finish") waiting.splice(key % Math.max(1, waiting.length), 1).forEach((done) => done());
          if (what.startsWith("change")) {
            for (const one of what === "change" ? [key] : [0, 1, 2, 3, 4, 5])
              stored.set(one, (stored.get(one) ?? 0) + 1);
            cache.drop({ table: "rows", value: what === "change" ? String(key) : "*" });
          }
          await Promise.resolve();
        }
        while (waiting.length > 0) {
          waiting.splice(0).forEach((done) => done());
          await new Promise((done) => setImmediate(done));
        }
        await Promise.all(reads);
        for (const key of [0, 1, 2, 3, 4, 5]) {
          const found = cache.find(String(key));
          if (found !== undefined) expect(found).toBe(stored.get(key) ?? 0);
        }
        expect(cache.size).toBeLessThanOrEqual(4);
      }),
    );
  });

  test("drops the least recently used first", async () => {
    const cache = new RowCache<string>(2, () => true);
    const read = (key: string) =>
      cache.read(
        key,
        () => Promise.resolve(key),
        () => [`rows ${key}`],
      );
    for (const key of ["a", "b", "a", "c"]) await read(key);
    expect(["a", "b", "c"].map((key) => cache.find(key))).toEqual(["a", undefined, "c"]);
  });

  test("keeps nothing and gives nothing while changes are not heard of", async () => {
    let isCurrent = false;
    const cache = new RowCache<string>(2, () => isCurrent);
    const read = () =>
      cache.read(
        "a",
        () => Promise.resolve("a"),
        () => ["rows a"],
      );
    await read();
    isCurrent = true;
    expect(cache.find("a")).toBeUndefined();
    await read();
    expect(cache.find("a")).toBe("a");
    isCurrent = false;
    expect(cache.find("a")).toBeUndefined();
  });
});
