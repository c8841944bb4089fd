import { describe, expect, it, vi } from "vitest";
import { chatWire, readCompletion } from "./client-wire";
import type { Piece } from "./engine";
import { stopFields, toMessage } from "./messages-answer";
import { MessagesRequest } from "./messages-schemas";
import { messagesWire } from "./messages-wire";
import { toSse } from "./sse-events";

const quiet = { asksForThinking: false, stopSequences: [] };
const said = { calls: false, refused: false };

function completion(choice: Record<string, unknown>) {
  const body = { id: "chatcmpl-1", object: "chat.completion", model: "gpt-4o", choices: [{ index: 0, ...choice }] };
  const read = readCompletion(new TextEncoder().encode(JSON.stringify(body)));
  if (read === null) throw new Error("not a completion");
  return read;
}

describe("a completion as a message", () => {
  const usage = { input: 10, output: 5, cachedInput: 4, cacheWrite: 2, cacheWriteLong: 1 };

  it("holds the text, the reason and the usage", () => {
    const message = { role: "assistant", content: "Hello", refusal: null };
    expect(toMessage(completion({ message, finish_reason: "stop" }), usage, quiet)).toEqual({
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: "gpt-4o",
      content: [{ type: "text", text: "Hello" }],
      stop_reason: "end_turn",
      stop_sequence: null,
      usage: {
        input_tokens: 10,
        cache_creation_input_tokens: 3,
        cache_read_input_tokens: 4,
        output_tokens: 5,
      },
    });
  });

  it("holds calls as blocks, in their order, behind the text", () => {
    const tool_calls = [
      { id: "call_a", type: "function", function: { name: "f", arguments: '{"a":1}' } },
      { type: "function", function: { name: "g", arguments: "" } },
    ];
    const message = { role: "assistant", content: "Let me see.", tool_calls };
    expect(toMessage(completion({ message, finish_reason: "tool_calls" }), usage, quiet)).toMatchObject({
      content: [
        { type: "text", text: "Let me see." },
        { type: "tool_use", id: "call_a", name: "f", input: { a: 1 } },
        { type: "tool_use", id: "toolu_1", name: "g", input: {} },
      ],
      stop_reason: "tool_use",
    });
  });

  it("tells thinking to those who asked for it", () => {
    const message = { role: "assistant", content: "4", reasoning_content: "2 + 2" };
    const whole = completion({ message, finish_reason: "stop" });
    expect(toMessage(whole, usage, quiet)["content"]).toEqual([{ type: "text", text: "4" }]);
    expect(toMessage(whole, usage, { ...quiet, asksForThinking: true })["content"]).toEqual([
      { type: "thinking", thinking: "2 + 2", signature: "" },
      { type: "text", text: "4" },
    ]);
  });

  it("has no content where there is no choice: the provider counts such an answer too", () => {
    const whole = completion({ message: {}, finish_reason: "stop" });
    expect(toMessage({ ...whole, choices: [] }, usage, quiet)).toMatchObject({ content: [], stop_reason: "end_turn" });
  });

  it("does not pass on a call whose arguments are no JSON, unless the limit cut it off", () => {
    const tool_calls = [{ id: "c", function: { name: "f", arguments: '{"a":' } }];
    const message = { role: "assistant", content: null, tool_calls };
    expect(() => toMessage(completion({ message, finish_reason: "tool_calls" }), usage, quiet)).toThrowError(
      expect.objectContaining({ code: "upstream_failed" }),
    );
    expect(toMessage(completion({ message, finish_reason: "length" }), usage, quiet)).toMatchObject({
      content: [{ type: "tool_use", input: {} }],
      stop_reason: "max_tokens",
    });
  });
});

it.each([
  [{ finish_reason: "stop" }, said, "end_turn"],
  [{ finish_reason: "stop" }, { ...said, calls: true }, "tool_use"],
  [{ finish_reason: "stop" }, { ...said, refused: true }, "refusal"],
  [{ finish_reason: "length" }, { ...said, calls: true }, "max_tokens"],
  [{ finish_reason: "tool_calls" }, said, "tool_use"],
  [{ finish_reason: "content_filter" }, said, "refusal"],
  [{ finish_reason: "eos" }, said, "end_turn"],
  [{ finish_reason: null }, said, "end_turn"],
  [{ finish_reason: "stop", stop_reason: "END" }, said, "stop_sequence"],
  [{ finish_reason: "stop", stop_reason: 128_001 }, said, "end_turn"],
])("tells the end %j, %j as %s", (choice, was, expected) => {
  const asked = { ...quiet, stopSequences: ["END"] };
  expect(stopFields(choice, was, asked)).toEqual({
    stop_reason: expected,
    stop_sequence: expected === "stop_sequence" ? "END" : null,
  });
});

type Delta = Record<string, unknown>;

function chunk(delta: Delta, finish_reason: string | null = null): Uint8Array {
  const choices = [{ index: 0, delta, finish_reason }];
  return toSse({ id: "chatcmpl-9", object: "chat.completion.chunk", created: 1, model: "gpt-4o-2024-08-06", choices });
}

async function* piecesOf(...bytes: (Uint8Array | null)[]): AsyncGenerator<Piece> {
  await Promise.resolve();
  for (const one of bytes) yield { bytes: one, text: "" };
  yield { bytes: null, text: "", usage: { input: 7, output: 3, cachedInput: 2 } };
  yield { bytes: toSse("[DONE]"), text: "", isEnd: true };
}

const head = { model: "gpt-4o", answerId: "chatcmpl-0", inputTokens: 11 };

/** The events of a stream, without their names once these are known to be their types. */
async function told(pieces: AsyncIterable<Piece>, body: Record<string, unknown> = {}) {
  const request = MessagesRequest.parse({
    model: "x",
    max_tokens: 9,
    messages: [{ role: "user", content: "Hi" }],
    ...body,
  });
  const out: Piece[] = [];
  for await (const piece of messagesWire(request, null).stream(pieces, head)) out.push(piece);
  const text = out.map(({ bytes }) => (bytes === null ? "" : new TextDecoder().decode(bytes))).join("");
  const events = text.split("\n\n").filter((event) => event !== "");
  const data = events.map((event) => {
    const [, name, json] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? [];
    const parsed = JSON.parse(json ?? "null") as { type: string } & Record<string, unknown>;
    expect(parsed.type).toBe(name);
    return parsed;
  });
  return {
    out,
    data: data.filter(({ type }) => type !== "ping"),
    pings: data.filter(({ type }) => type === "ping").length,
  };
}

describe("a chat stream as Anthropic's", () => {
  it("begins, opens a block, tells, closes it and ends with the reason and the true usage", async () => {
    const stream = piecesOf(
      chunk({ role: "assistant", content: "" }),
      chunk({ content: "Hel" }),
      chunk({ content: "lo" }),
      chunk({}, "stop"),
    );
    const { data, out } = await told(stream);
    expect(data).toEqual([
      {
        type: "message_start",
        message: {
          id: "msg_9",
          type: "message",
          role: "assistant",
          model: "gpt-4o-2024-08-06",
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: { input_tokens: 11, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 0 },
        },
      },
      { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
      { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Hel" } },
      { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "lo" } },
      { type: "content_block_stop", index: 0 },
      {
        type: "message_delta",
        delta: { stop_reason: "end_turn", stop_sequence: null },
        usage: { input_tokens: 7, cache_creation_input_tokens: 0, cache_read_input_tokens: 2, output_tokens: 3 },
      },
      { type: "message_stop" },
    ]);
    expect(out.filter(({ isEnd }) => isEnd)).toEqual([out.at(-1)]);
    expect(out.findLast(({ usage }) => usage)?.usage).toEqual({ input: 7, output: 3, cachedInput: 2 });
  });

  it("holds no piece back: each comes out before the next goes in", async () => {
    const log: string[] = [];
    async function* source(): AsyncGenerator<Piece> {
      await Promise.resolve();
      for (const word of ["a", "b", "c"]) {
        log.push(`in ${word}`);
        yield { bytes: chunk({ content: word }), text: word };
      }
    }
    const request = MessagesRequest.parse({ model: "x", max_tokens: 9, messages: [{ role: "user", content: "Hi" }] });
    for await (const { text } of messagesWire(request, null).stream(source(), head)) if (text) log.push(`out ${text}`);
    expect(log).toEqual(["in a", "out a", "in b", "out b", "in c", "out c"]);
  });

  it("tells thinking, text and two calls as a block each, one open at a time", async () => {
    const stream = () =>
      piecesOf(
        chunk({ role: "assistant", reasoning_content: "Hm" }),
        chunk({ content: "I look." }),
        chunk({ tool_calls: [{ index: 0, id: "call_a", type: "function", function: { name: "f", arguments: "" } }] }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: '{"a":' } }] }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: "1}" } }] }),
        chunk({ tool_calls: [{ index: 1, id: "call_b", type: "function", function: { name: "g", arguments: "{}" } }] }),
        chunk({}, "tool_calls"),
      );
    const { data } = await told(stream(), { thinking: { type: "adaptive" } });
    const line = data.map(({ type, index, content_block: block, delta }) =>
      [type, index, (block as Delta | undefined)?.["type"], ...Object.values((delta as Delta | undefined) ?? {})]
        .filter((one) => one !== undefined && one !== null)
        .join(" "),
    );
    expect(line).toEqual([
      "message_start",
      "content_block_start 0 thinking",
      "content_block_delta 0 thinking_delta Hm",
      "content_block_stop 0",
      "content_block_start 1 text",
      "content_block_delta 1 text_delta I look.",
      "content_block_stop 1",
      "content_block_start 2 tool_use",
      'content_block_delta 2 input_json_delta {"a":',
      "content_block_delta 2 input_json_delta 1}",
      "content_block_stop 2",
      "content_block_start 3 tool_use",
      "content_block_delta 3 input_json_delta {}",
      "content_block_stop 3",
      "message_delta tool_use",
      "message_stop",
    ]);
    const without = await told(stream());
    expect(JSON.stringify(without.data)).not.toContain("thinking");
  });

  it("lets a client know that a model still thinks, where it asked not to hear", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    async function* source(): AsyncGenerator<Piece> {
      await Promise.resolve();
      for (let seconds = 0; seconds < 60; seconds++) {
        vi.advanceTimersByTime(1_000);
        yield { bytes: chunk({ reasoning_content: "Hm" }), text: "Hm" };
      }
      yield { bytes: chunk({ content: "4" }, "stop"), text: "4" };
    }
    const { data, pings } = await told(source()).finally(() => vi.useRealTimers());
    expect(data.map(({ type }) => type)).toEqual([
      "message_start",
      "content_block_start",
      "content_block_delta",
      "content_block_stop",
      "message_delta",
      "message_stop",
    ]);
    // one after the start, and one whenever ten seconds have passed
    expect(pings).toBe(6);
  });

  it("tells apart calls of servers that number them all 0, or not at all", async () => {
    for (const index of [0, undefined]) {
      const call = (id: string, name: string) => ({ index, id, function: { name, arguments: `{"of":"${name}"}` } });
      const { data } = await told(
        piecesOf(chunk({ tool_calls: [call("x", "f")] }), chunk({ tool_calls: [call("y", "g")] }), chunk({}, "stop")),
      );
      const blocks = data
        .filter(({ type }) => type === "content_block_start")
        .map(({ content_block }) => content_block);
      expect(blocks).toMatchObject([
        { id: "x", name: "f" },
        { id: "y", name: "g" },
      ]);
      const deltas = data.filter(({ type }) => type === "content_block_delta");
      expect(deltas).toMatchObject([
        { index: 0, delta: { partial_json: '{"of":"f"}' } },
        { index: 1, delta: { partial_json: '{"of":"g"}' } },
      ]);
      expect(data.at(-2)).toMatchObject({ delta: { stop_reason: "tool_use" } });
    }
  });

  it("turns comments into pings, and ends also where no end mark comes", async () => {
    async function* source(): AsyncGenerator<Piece> {
      await Promise.resolve();
      yield { bytes: chunk({ content: "a" }), text: "a" };
      yield { bytes: new TextEncoder().encode(": still here\n\n"), text: "" };
      yield { bytes: chunk({}, "length"), text: "" };
    }
    const { data, out } = await told(source());
    expect(new TextDecoder().decode(out[1]?.bytes ?? undefined)).toBe('event: ping\ndata: {"type":"ping"}\n\n');
    expect(data.at(-2)).toMatchObject({
      delta: { stop_reason: "max_tokens" },
      usage: { input_tokens: 11, output_tokens: 1 },
    });
    expect(out.at(-1)?.isEnd).toBe(true);
  });

  it("is a whole message also when nothing was said", async () => {
    const { data } = await told(piecesOf());
    expect(data.map(({ type }) => type)).toEqual(["message_start", "message_delta", "message_stop"]);
  });

  it("ends in Anthropic's error event when it fails", () => {
    const request = MessagesRequest.parse({ model: "x", max_tokens: 9, messages: [{ role: "user", content: "Hi" }] });
    const error = { type: "error", error: { type: "api_error", message: "It broke." } };
    const bytes = messagesWire(request, null).errorEvent(error);
    expect(new TextDecoder().decode(bytes)).toBe(`event: error\ndata: ${JSON.stringify(error)}\n\n`);
    expect(new TextDecoder().decode(chatWire.errorEvent({ a: 1 }))).toBe('data: {"a":1}\n\n');
  });
});
