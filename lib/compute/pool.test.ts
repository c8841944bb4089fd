import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterAll, describe, expect, it } from "vitest";
import { closePool, runTask } from "./pool";

afterAll(closePool);

describe("runTask", () => {
  it("counts tokens in a thread", async () => {
    expect(await runTask("countTokens", { texts: ["hello world", ""] })).toEqual([2, 0]);
  });

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
