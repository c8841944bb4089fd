import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitSseEvents, toSse } from "./sse-events";

async function* chunks(bytes: Uint8Array, sizes: number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function split(text: string, sizes: number[]) {
  const events = [];
  for await (const event of splitSseEvents(chunks(new TextEncoder().encode(text), sizes))) events.push(event);
  return events;
}

const stream = ': comment\n\ndata: {"a":"é😀"}\n\nevent: x\r\ndata: one\r\ndata: two\r\n\r\ndata:[DONE]\n\n';

describe("splitting a stream into its events", () => {
  it("gives the same events however the bytes are cut, and every byte once", async () => {
    const whole = await split(stream, [10_000]);
    expect(whole.map(({ event, data }) => [event, data])).toEqual([
      [null, null],
      [null, '{"a":"é😀"}'],
      ["x", "one\ntwo"],
      [null, "[DONE]"],
    ]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }), async (sizes) => {
        const events = await split(stream, sizes);
        expect(events.map(({ data }) => data)).toEqual(whole.map(({ data }) => data));
        expect(Buffer.concat(events.map(({ bytes }) => bytes)).toString()).toBe(stream);
      }),
    );
  });

  it("hands on an unfinished end as it is", async () => {
    const events = await split("data: 1\n\ndata: 2", [3]);
    expect(events.map(({ data }) => data)).toEqual(["1", "2"]);
  });

  it("reads what it writes", async () => {
    const text = new TextDecoder().decode(toSse({ text: "a\nb" }, "error"));
    expect(await split(text, [5])).toMatchObject([{ event: "error", data: '{"text":"a\\nb"}' }]);
  });
});
