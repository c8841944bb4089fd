import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterAll, describe, expect, it } from "vitest";
import { closePool, runTask } from "./pool";

afterAll(closePool);

describe("runTask", () => {
  it("counts tokens in a thread", async () => {
    expect(await runTask("countTokens", { texts: ["hello world", ""] })).toEqual([2, 0]);
  });

  it("embeds each text as a unit vector", async () => {
    const vectors = await runTask("embed", { texts: ["I love crowds.", "I keep bees."] });
    const lengths = vectors.map((vector) => Math.hypot(...vector));
    expect(vectors.map((vector) => vector.length)).toEqual([512, 512]);
    expect(lengths.every((length) => Math.abs(length - 1) < 0.01)).toBe(true);
  }, 20_000);

  it("keeps the event loop free while it tokenises 5 MB", async () => {
    const text = "What is read in the evening is written down again in the morning. ".repeat(80_000);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const [tokens] = await runTask("countTokens", { texts: [text] });
    delay.disable();
    expect(tokens).toBeGreaterThan(1_000_000);
    expect(delay.max / 1e6).toBeLessThan(50);
  });
});
