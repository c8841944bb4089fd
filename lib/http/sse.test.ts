import { describe, expect, test } from "vitest";
import { sseResponse } from "./sse";

describe("sseResponse", () => {
  test("sends each event, and an error as the last", async () => {
    async function* events() {
      yield { event: "progress", data: { done: 1 } };
      throw new Error("the inside of this must not be told");
    }
    const text = await sseResponse("req_1", events()).text();
    expect(text).toMatch(/^event: progress\ndata: {"done":1}\n\nevent: error\ndata: {.*"request_id":"req_1"}\n\n$/);
    expect(text).not.toContain("inside");
  });

  test("ends the source when the reader leaves while an event is awaited", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let isEnded = false;
    async function* events() {
      try {
        yield { event: "progress", data: 1 };
        await promise;
        yield { event: "progress", data: 2 };
      } finally {
        isEnded = true;
      }
    }
    const reader = sseResponse("req_1", events()).body?.getReader();
    await reader?.read();
    const left = reader?.cancel();
    resolve();
    await left;
    expect(isEnded).toBe(true);
  });
});
