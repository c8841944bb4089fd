import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followSync } from "./follow-sync";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const progress = (chunks_completed: number) =>
  `event: progress\ndata: ${JSON.stringify({ stage: "extracting", documents: 1, chunks_total: 4, chunks_completed, tokens_total: 9, tokens_charged: 3, statements: 2, eta_seconds: 1, component_counts: {} })}\n\n`;
const summary = `event: summary\ndata: ${JSON.stringify({ sync_status: "synced", version: 3, synced_at: null, error: null, result: null })}\n\n`;

function answers(...bodies: (string | Error | number)[]) {
  const fetch = vi.fn(async () => {
    const next = bodies.shift() ?? new Error("no more");
    if (next instanceof Error) throw next;
    if (typeof next === "number") return new Response("{}", { status: next });
    return new Response(next);
  });
  vi.stubGlobal("fetch", fetch);
  return fetch;
}

async function follow() {
  const seen: number[] = [];
  let lost = 0;
  const end = followSync("ann", {
    signal: new AbortController().signal,
    onProgress: ({ chunks_completed }) => seen.push(chunks_completed),
    onLost: () => lost++,
  });
  await vi.advanceTimersByTimeAsync(60_000);
  return { seen, lost, summary: await end };
}

test("a stream that breaks is taken up again until the summary comes", async () => {
  answers(progress(1), new TypeError("network"), progress(2) + progress(3) + summary);
  expect(await follow()).toMatchObject({ seen: [1, 2, 3], lost: 2, summary: { version: 3 } });
});

test("where the stream is refused nobody knocks again", async () => {
  const fetch = answers(404, summary);
  expect(await follow()).toMatchObject({ seen: [], lost: 1, summary: null });
  expect(fetch).toHaveBeenCalledTimes(1);
});
