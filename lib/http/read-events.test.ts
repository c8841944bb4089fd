import { describe, expect, it } from "vitest";
import { readEvents, type ServerEvent } from "./read-events";

function responseOf(...parts: string[]): Response {
  const encoder = new TextEncoder();
  const bytes = parts.map((part) => encoder.encode(part));
  return new Response(
    new ReadableStream({
      start: (controller) => (bytes.forEach((part) => controller.enqueue(part)), controller.close()),
    }),
  );
}

async function collect(response: Response): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of readEvents(response)) events.push(event);
  return events;
}

describe("readEvents", () => {
  it("joins events that arrive in pieces", async () => {
    expect(await collect(responseOf("event: prog", 'ress\ndata: {"a":', "1}\n\ndata: plain\n\n"))).toEqual([
      { event: "progress", data: '{"a":1}' },
      { event: "message", data: "plain" },
    ]);
  });

  it("delivers the last event when the stream ends without a blank line", async () => {
    expect(await collect(responseOf("event: summary\ndata: {}\n"))).toEqual([{ event: "summary", data: "{}" }]);
  });

  it("keeps letters whole that are cut between two chunks", async () => {
    const bytes = new TextEncoder().encode("data: Grüße\n\n");
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes.slice(0, 9));
        controller.enqueue(bytes.slice(9));
        controller.close();
      },
    });
    expect(await collect(new Response(stream))).toEqual([{ event: "message", data: "Grüße" }]);
  });

  it("cancels the request when the reader leaves early", async () => {
    let isCancelled = false;
    const stream = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode("data: again\n\n")),
      cancel: () => {
        isCancelled = true;
      },
    });
    for await (const event of readEvents(new Response(stream))) if (event.data) break;
    expect(isCancelled).toBe(true);
  });
});
