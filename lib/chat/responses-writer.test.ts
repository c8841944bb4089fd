import { describe, expect, it } from "vitest";
import type { Piece } from "./engine";
import { ResponsesRequest } from "./responses-schemas";
import { responsesWire } from "./responses-wire";
import { splitSseEvents, toSse } from "./sse-events";

type Event = Record<string, unknown> & { type: string; sequence_number: number };
type Item = Record<string, unknown> & { type: string; id: string };
type Response = Record<string, unknown> & { id: string; status: string; output: Item[] };

const usage = { input: 30, cachedInput: 10, cacheWrite: 2, output: 7 };
const told = { prompt_tokens: 42, completion_tokens: 7, completion_tokens_details: { reasoning_tokens: 3 } };

function request(body: Record<string, unknown> = {}): ResponsesRequest {
  return ResponsesRequest.parse({ model: "alice", input: "Hello", ...body });
}

function chunk(delta: Record<string, unknown>, finish: string | null = null, more: Record<string, unknown> = {}) {
  return { id: "c1", model: "gpt-4o-mini-2024", choices: [{ index: 0, delta, finish_reason: finish, ...more }] };
}

async function* pieces(chunks: unknown[], end: "done" | "usage" | "none" | "broken" = "usage"): AsyncGenerator<Piece> {
  yield { bytes: Buffer.from(": waiting\n\n"), text: "" };
  for (const one of chunks) yield { bytes: toSse(one), text: "x" };
  if (end === "broken") throw new Error("it broke");
  if (end === "usage") yield { bytes: toSse({ choices: [], usage: told }), text: "", usage };
  if (end === "none") return;
  yield { bytes: toSse("[DONE]"), text: "", isEnd: true };
  yield { bytes: toSse(chunk({ content: "What nobody reads" })), text: "" };
}

async function streamed(chunks: unknown[], end: "done" | "usage" | "none" = "usage", body = {}) {
  const out: Piece[] = [];
  const head = { model: "gpt-4o-mini", answerId: "chatcmpl-1", inputTokens: 1 };
  for await (const piece of responsesWire(request(body)).stream(pieces(chunks, end), head)) out.push(piece);
  return { out, events: await eventsOf(out.map(({ bytes }) => bytes ?? new Uint8Array())) };
}

async function eventsOf(parts: Uint8Array[]): Promise<Event[]> {
  const events: Event[] = [];
  async function* source() {
    await Promise.resolve();
    yield* parts;
  }
  for await (const { event, data } of splitSseEvents(source())) {
    if (data === null) continue;
    const json = JSON.parse(data) as Event;
    expect(event).toBe(json.type);
    expect(json.sequence_number).toBe(events.length);
    events.push(json);
  }
  return events;
}

/** An item without its made-up ids. */
function shape(item: Item): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).filter(([key]) => key !== "id"));
}

function responseOf(event: Event | undefined): Response {
  return event?.["response"] as Response;
}

const text = (value: string) => ({ type: "output_text", text: value, annotations: [], logprobs: [] });

describe("a streamed answer", () => {
  it("tells text from its beginning to its end, in OpenAI's order", async () => {
    const { out, events } = await streamed([
      chunk({ role: "assistant", content: "" }),
      chunk({ content: "At" }),
      chunk({ content: " night." }),
      chunk({}, "stop"),
    ]);
    expect(events.map(({ type }) => type)).toEqual([
      "response.created",
      "response.in_progress",
      "response.output_item.added",
      "response.content_part.added",
      "response.output_text.delta",
      "response.output_text.delta",
      "response.output_text.done",
      "response.content_part.done",
      "response.output_item.done",
      "response.completed",
    ]);
    expect(responseOf(events[0])).toMatchObject({ status: "in_progress", output: [], usage: null });
    const completed = responseOf(events.at(-1));
    expect(completed).toMatchObject({ id: responseOf(events[0]).id, status: "completed", usage: { total_tokens: 49 } });
    expect(completed.output).toEqual([events.at(-2)?.["item"]]);
    const id = completed.output[0]?.id;
    expect(events[4]).toMatchObject({ item_id: id, output_index: 0, content_index: 0, delta: "At", logprobs: [] });
    expect(events[6]).toMatchObject({ item_id: id, text: "At night." });
    // the meter reads along: text and usage are those of the chat, and the end comes once
    expect(out.map(({ text: said }) => said).join("")).toBe("xxxx");
    expect(out.filter(({ usage: counted }) => counted !== undefined)).toHaveLength(1);
    expect(out.map(({ isEnd }) => Boolean(isEnd))).toEqual([...Array<boolean>(out.length - 1).fill(false), true]);
    expect(Buffer.from(out[0]?.bytes ?? [])).toEqual(Buffer.from(": waiting\n\n"));
  });

  it("closes reasoning when text begins, and keeps calls open whose pieces come in turns", async () => {
    const call = (index: number, fn: Record<string, unknown>, id?: string) =>
      chunk({ tool_calls: [{ index, ...(id ? { id, type: "function" } : {}), function: fn }] });
    const { events } = await streamed([
      chunk({ reasoning_content: "Hm" }),
      chunk({ reasoning_content: "." }),
      chunk({ content: "I look." }),
      call(0, { name: "kiln", arguments: "" }, "call_1"),
      call(1, { name: "clock", arguments: "{" }, "call_2"),
      call(0, { arguments: '{"a":' }),
      call(1, { arguments: "}" }),
      call(0, { arguments: "1}" }),
      chunk({}, "tool_calls"),
    ]);
    expect(events.slice(2, -1).map(({ type, output_index }) => `${String(output_index)} ${type.slice(9)}`)).toEqual([
      "0 output_item.added",
      "0 content_part.added",
      "0 reasoning_text.delta",
      "0 reasoning_text.delta",
      "0 reasoning_text.done",
      "0 content_part.done",
      "0 output_item.done",
      "1 output_item.added",
      "1 content_part.added",
      "1 output_text.delta",
      "1 output_text.done",
      "1 content_part.done",
      "1 output_item.done",
      "2 output_item.added",
      "3 output_item.added",
      "3 function_call_arguments.delta",
      "2 function_call_arguments.delta",
      "3 function_call_arguments.delta",
      "2 function_call_arguments.delta",
      "2 function_call_arguments.done",
      "2 output_item.done",
      "3 function_call_arguments.done",
      "3 output_item.done",
    ]);
    expect(responseOf(events.at(-1)).output.map(shape)).toMatchObject([
      { type: "reasoning", content: [{ text: "Hm." }] },
      { type: "message", content: [text("I look.")] },
      { type: "function_call", call_id: "call_1", name: "kiln", arguments: '{"a":1}' },
      { type: "function_call", call_id: "call_2", name: "clock", arguments: "{}" },
    ]);
  });

  it("shows thoughts as the summary that a client asked for", async () => {
    const chunks = [chunk({ reasoning_content: "Hm" }), chunk({ reasoning: "." }), chunk({ content: "Yes." }, "stop")];
    const { events } = await streamed(chunks, "usage", { reasoning: { summary: "auto" } });
    expect(events.slice(2, 8).map(({ type }) => type.slice(9))).toEqual([
      "output_item.added",
      "reasoning_summary_part.added",
      "reasoning_summary_text.delta",
      "reasoning_summary_text.delta",
      "reasoning_summary_text.done",
      "reasoning_summary_part.done",
    ]);
    expect(events[4]).toMatchObject({ output_index: 0, summary_index: 0, delta: "Hm" });
    expect(responseOf(events.at(-1)).output[0]).toMatchObject({
      summary: [{ type: "summary_text", text: "Hm." }],
      content: [],
    });
  });

  it("tells calls apart that all have the number 0, and waits for a name that comes late", async () => {
    const { events } = await streamed([
      chunk({ tool_calls: [{ index: 0, id: "a", function: { name: "kiln", arguments: "{}" } }] }),
      chunk({ tool_calls: [{ index: 0, id: "b", function: { name: "clock", arguments: '{"x":2}' } }] }),
      chunk({ tool_calls: [{ index: 5, id: "c", function: { arguments: '{"y"' } }] }),
      chunk({ tool_calls: [{ index: 5, function: { name: "wheel", arguments: ":3}" } }] }, "tool_calls"),
    ]);
    expect(responseOf(events.at(-1)).output.map(shape)).toMatchObject([
      { call_id: "a", name: "kiln", arguments: "{}" },
      { call_id: "b", name: "clock", arguments: '{"x":2}' },
      { call_id: "c", name: "wheel", arguments: '{"y":3}' },
    ]);
  });

  it("reads a text in parts, arguments that are no text, and past fields of odd shapes", async () => {
    const call = { index: 0, id: "a", function: { name: "kiln", arguments: { at: "night" } } };
    const { events } = await streamed([
      chunk({ content: [{ type: "thinking" }, { type: "text", text: "At " }, { type: "text", text: "night." }] }),
      chunk({ content: 7, reasoning: { effort: "low" }, tool_calls: [call] }, "tool_calls"),
    ]);
    expect(responseOf(events.at(-1)).output.map(shape)).toMatchObject([
      { type: "message", content: [text("At night.")] },
      { type: "function_call", arguments: '{"at":"night"}' },
    ]);
  });

  it("has a refusal in a part of its own behind text", async () => {
    const { events } = await streamed([
      chunk({ content: "Well," }),
      chunk({ refusal: "no" }),
      chunk({ refusal: "." }, "stop"),
    ]);
    expect(responseOf(events.at(-1)).output[0]).toMatchObject({
      content: [text("Well,"), { type: "refusal", refusal: "no." }],
    });
    expect(events.filter(({ type }) => type.includes("refusal")).map(({ content_index }) => content_index)).toEqual([
      1, 1, 1,
    ]);
  });

  it("tells where its text comes from, as the provider does", async () => {
    const url_citation = { start_index: 0, end_index: 2, url: "https://example.com", title: "Kilns" };
    const annotations = [{ type: "url_citation", url_citation }];
    const { events } = await streamed([chunk({ content: "At night." }), chunk({ annotations }), chunk({}, "stop")]);
    const citation = { type: "url_citation", ...url_citation };
    const added = events.find(({ type }) => type === "response.output_text.annotation.added");
    expect(added).toMatchObject({ annotation_index: 0, content_index: 0, annotation: citation });
    expect(responseOf(events.at(-1)).output[0]).toMatchObject({
      content: [{ text: "At night.", annotations: [citation] }],
    });
  });

  it("does not complete the arguments of a call that was cut off", async () => {
    const call = { index: 0, id: "call_1", function: { name: "kiln", arguments: "" } };
    const { events } = await streamed([chunk({ tool_calls: [call] }), chunk({}, "length")]);
    expect(responseOf(events.at(-1)).output[0]).toMatchObject({ status: "incomplete", arguments: "" });
  });

  it("is incomplete when it was cut off, and ends though nobody said so", async () => {
    const { out, events } = await streamed([chunk({ content: "At" }, "length")], "none");
    expect(events.at(-1)).toMatchObject({
      type: "response.incomplete",
      response: { status: "incomplete", incomplete_details: { reason: "max_output_tokens" }, usage: null },
    });
    expect(out.at(-1)?.isEnd).toBe(true);
  });

  it("that breaks off ends with the error and a failed response that holds what came", async () => {
    const wire = responsesWire(request());
    const parts: Uint8Array[] = [];
    const head = { model: "gpt-4o-mini", answerId: "chatcmpl-1", inputTokens: 1 };
    await expect(async () => {
      for await (const { bytes } of wire.stream(pieces([chunk({ content: "At" })], "broken"), head))
        parts.push(bytes ?? new Uint8Array());
    }).rejects.toThrow("it broke");
    parts.push(wire.errorEvent({ error: { message: "OpenAI broke off.", code: "upstream_failed", param: null } }));
    const events = await eventsOf(parts);
    expect(events.slice(-2)).toMatchObject([
      { type: "error", code: "upstream_failed", message: "OpenAI broke off.", param: null },
      {
        type: "response.failed",
        response: {
          status: "failed",
          error: { code: "server_error", message: "OpenAI broke off." },
          output: [{ status: "incomplete", content: [text("At")] }],
        },
      },
    ]);
  });
});
