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

  it.each([
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["CR alone", "\r"],
  ])("reads lines that end with %s", async (_name, end) => {
    const text = `event: x${end}data: one${end}data: two${end}${end}: comment${end}${end}data: é${end}${end}`;
    for (const size of [1, 2, 3, 7, 1000]) {
      const events = (await split(text, [size])).filter(({ data }) => data !== null);
      expect(events.map(({ event, data }) => [event, data])).toEqual([
        ["x", "one\ntwo"],
        [null, "é"],
      ]);
    }
  });

  it("reads line ends of all kinds in one stream, and loses no byte", async () => {
    const lineEnd = fc.constantFrom("\n", "\r\n", "\r");
    const events = fc.array(fc.tuple(fc.array(fc.constantFrom("a", "é😀", ""), { minLength: 1 }), lineEnd, lineEnd));
    await fc.assert(
      fc.asyncProperty(events, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), async (list, sizes) => {
        // a CR before a LF is one line end, so a blank line never begins with LF behind a CR
        const text = list.map(([lines, end, blank]) => {
          const between = end === "\r" && blank === "\n" ? "\r\n" : blank;
          return lines.map((line) => `data: ${line}${end}`).join("") + between;
        });
        const found = await split(text.join(""), sizes);
        expect(found.flatMap(({ data }) => (data === null ? [] : [data]))).toEqual(
          list.map(([lines]) => lines.join("\n")),
        );
        expect(Buffer.concat(found.map(({ bytes }) => bytes)).toString()).toBe(text.join(""));
      }),
    );
  });

  it("hands an event on as soon as its blank line is there", async () => {
    for (const text of ["data: 1\n\n", "data: 1\r\r", "data: 1\r\n\r\n", "\uFEFFdata: 1\n\n"]) {
      async function* held() {
        yield new TextEncoder().encode(text);
        await new Promise(() => undefined);
      }
      const { value } = await splitSseEvents(held()).next();
      expect(value).toMatchObject({ data: "1" });
    }
  });

  it("gives up on an event without an end", async () => {
    async function* endless() {
      for (;;) yield new Uint8Array(1024 * 1024).fill(97);
    }
    await expect(splitSseEvents(endless()).next()).rejects.toThrow("16 MB");
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
