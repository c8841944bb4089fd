import { describe, expect, it } from "vitest";
import { ResponsesRequest } from "./responses-schemas";
import { responsesWire } from "./responses-wire";

type Item = Record<string, unknown> & { type: string; id: string };
type Response = Record<string, unknown> & { id: string; status: string; output: Item[] };

const usage = { input: 30, cachedInput: 10, cacheWrite: 2, output: 7 };
const told = { prompt_tokens: 42, completion_tokens: 7, completion_tokens_details: { reasoning_tokens: 3 } };

function request(body: Record<string, unknown> = {}): ResponsesRequest {
  return ResponsesRequest.parse({ model: "alice", input: "Hello", ...body });
}

async function plain(
  message: Record<string, unknown>,
  finish = "stop",
  body: Record<string, unknown> = {},
): Promise<Response> {
  const completion = { model: "gpt-4o-mini-2024", choices: [{ message, finish_reason: finish }], usage: told };
  const answer = { body: new TextEncoder().encode(JSON.stringify(completion)), text: "said", usage };
  const out = await responsesWire(request(body)).plain(answer);
  expect(out).toMatchObject({ text: "said", usage });
  return JSON.parse(new TextDecoder().decode(out.body)) as Response;
}

/** An item without its made-up ids. */
function shape(item: Item): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).filter(([key]) => key !== "id"));
}

const text = (value: string) => ({ type: "output_text", text: value, annotations: [], logprobs: [] });

describe("a whole answer", async () => {
  it("is a response with every field that clients look for", async () => {
    const response = await plain({ role: "assistant", content: "At night." }, "stop", {
      instructions: "Be brief.",
      store: true,
      truncation: "auto",
      metadata: { a: "b" },
      reasoning: { effort: "low", summary: "auto" },
      tools: [{ type: "function", name: "kiln" }],
    });
    expect(response).toMatchObject({
      id: expect.stringMatching(/^resp_\w{26}$/) as string,
      object: "response",
      created_at: expect.any(Number) as number,
      completed_at: expect.any(Number) as number,
      status: "completed",
      background: false,
      error: null,
      incomplete_details: null,
      instructions: "Be brief.",
      max_output_tokens: null,
      max_tool_calls: null,
      metadata: { a: "b" },
      model: "gpt-4o-mini-2024",
      parallel_tool_calls: true,
      previous_response_id: null,
      reasoning: { effort: "low", summary: "auto" },
      service_tier: "default",
      store: false,
      temperature: null,
      text: { format: { type: "text" } },
      tool_choice: "auto",
      tools: [{ type: "function", name: "kiln", description: null, parameters: null, strict: false }],
      top_p: null,
      truncation: "disabled",
      usage: {
        input_tokens: 42,
        input_tokens_details: { cached_tokens: 10, cache_write_tokens: 2 },
        output_tokens: 7,
        output_tokens_details: { reasoning_tokens: 3 },
        total_tokens: 49,
      },
      user: null,
    });
    expect(response).not.toHaveProperty("output_text");
    expect(response.output.map(shape)).toEqual([
      { type: "message", status: "completed", role: "assistant", content: [text("At night.")] },
    ]);
  });

  it("holds reasoning, text and calls as items of their own", async () => {
    const { output } = await plain({
      reasoning_content: "Hm.",
      content: "I look.",
      tool_calls: [
        { id: "call_1", type: "function", function: { name: "kiln", arguments: '{"a":1}' } },
        { id: "call_2", type: "function", function: { name: "clock", arguments: "" } },
      ],
    });
    expect(output.map(shape)).toEqual([
      { type: "reasoning", status: "completed", summary: [], content: [{ type: "reasoning_text", text: "Hm." }] },
      { type: "message", status: "completed", role: "assistant", content: [text("I look.")] },
      { type: "function_call", status: "completed", call_id: "call_1", name: "kiln", arguments: '{"a":1}' },
      { type: "function_call", status: "completed", call_id: "call_2", name: "clock", arguments: "{}" },
    ]);
    expect(new Set(output.map(({ id }) => id)).size).toBe(4);
  });

  it.each([
    ["length", "max_output_tokens"],
    ["content_filter", "content_filter"],
  ])("that ended by %s is incomplete", async (finish, reason) => {
    const response = await plain({ content: "At" }, finish);
    expect(response).toMatchObject({ status: "incomplete", incomplete_details: { reason }, completed_at: null });
    expect(response.output[0]).toMatchObject({ status: "incomplete", content: [text("At")] });
  });

  it("tells a refusal, nothing at all, and how likely its tokens were", async () => {
    expect((await plain({ content: null, refusal: "No." })).output[0]).toMatchObject({
      content: [{ type: "refusal", refusal: "No." }],
    });
    expect((await plain({ content: "" })).output.map(shape)).toEqual([
      { type: "message", status: "completed", role: "assistant", content: [text("")] },
    ]);
    const logprobs = {
      content: [{ token: "é", logprob: -0.5, top_logprobs: [{ token: "e", logprob: -1, bytes: [101] }] }],
    };
    const completion = { choices: [{ message: { content: "é" }, finish_reason: "stop", logprobs }] };
    const body = new TextEncoder().encode(JSON.stringify(completion));
    const out = await responsesWire(request()).plain({ body, text: "", usage: null });
    const response = JSON.parse(new TextDecoder().decode(out.body)) as Response;
    expect(response).toMatchObject({ usage: null, model: "alice" });
    expect(response.output[0]).toMatchObject({
      content: [
        {
          text: "é",
          logprobs: [
            { token: "é", logprob: -0.5, bytes: [195, 169], top_logprobs: [{ token: "e", logprob: -1, bytes: [101] }] },
          ],
        },
      ],
    });
  });

  it("that is none is the model's failure", async () => {
    const answer = { body: new TextEncoder().encode("<html>"), text: "", usage: null };
    await expect(responsesWire(request()).plain(answer)).rejects.toThrow(/no answer that can be read/);
  });
});
