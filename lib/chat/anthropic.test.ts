import { afterAll, afterEach, describe, expect, it } from "vitest";
import { startFakeProvider } from "@/e2e/fake-provider/start-fake-provider";
import { closePool } from "@/lib/compute/pool";
import { testDatabase } from "@/lib/db/testing";
import { resolveModel } from "@/lib/models/catalogue";
import { readAnthropicUsage, toFinishReason } from "./anthropic";
import { anthropicPieces } from "./anthropic-engine";
import { toAnthropicRequest } from "./anthropic-request";
import { ChatRequest } from "./schemas";
import { toSse } from "./sse-events";
import { books, chat, fakeKey, serveFrom, userWithFace } from "./testing";

const provider = await startFakeProvider({ apiKey: fakeKey });
serveFrom(provider.url);
const { db } = await testDatabase();
const claude = resolveModel("claude-sonnet-4-6");

afterEach(() => provider.reset());
afterAll(async () => {
  await provider.stop();
  await closePool();
});

function mapped(body: Record<string, unknown>): Record<string, unknown> {
  return toAnthropicRequest(
    ChatRequest.parse({ model: "x", messages: [{ role: "user", content: "Hi" }], ...body }),
    claude,
  );
}

describe("an OpenAI request for an Anthropic model", () => {
  it("keeps who said what, tools and their results included", () => {
    const image = "data:image/png;base64,iVBORw0KGgo=";
    const request = mapped({
      messages: [
        { role: "system", content: "S1" },
        {
          role: "user",
          content: [
            { type: "text", text: "Look" },
            { type: "image_url", image_url: { url: image } },
          ],
        },
        {
          role: "assistant",
          content: "",
          tool_calls: [{ id: "c1", type: "function", function: { name: "f", arguments: '{"a":1}' } }],
        },
        { role: "tool", tool_call_id: "c1", content: "42" },
        { role: "user", content: "And?" },
        { role: "developer", content: "S2" },
      ],
    });
    expect(request["system"]).toBe("S1\n\nS2");
    expect(request["messages"]).toEqual([
      {
        role: "user",
        content: [
          { type: "text", text: "Look" },
          { type: "image", source: { type: "base64", media_type: "image/png", data: "iVBORw0KGgo=" } },
        ],
      },
      { role: "assistant", content: [{ type: "tool_use", id: "c1", name: "f", input: { a: 1 } }] },
      {
        role: "user",
        content: [
          { type: "tool_result", tool_use_id: "c1", content: "42" },
          { type: "text", text: "And?" },
        ],
      },
    ]);
  });

  it("maps tools, choices and limits", () => {
    const tools = [
      { type: "function", function: { name: "f", description: "d", parameters: { properties: { a: {} } } } },
    ];
    const request = mapped({
      tools,
      tool_choice: "required",
      parallel_tool_calls: false,
      stop: "END",
      max_completion_tokens: 9,
      temperature: 1.7,
      user: "u",
      seed: 7,
      presence_penalty: 1,
    });
    expect(request).toMatchObject({
      tools: [{ name: "f", description: "d", input_schema: { type: "object", properties: { a: {} } } }],
      tool_choice: { type: "any", disable_parallel_tool_use: true },
      stop_sequences: ["END"],
      max_tokens: 9,
      temperature: 1,
      metadata: { user_id: "u" },
    });
    for (const key of ["seed", "presence_penalty", "user", "stop", "parallel_tool_calls"])
      expect(request).not.toHaveProperty(key);
    expect(mapped({ tools, tool_choice: { type: "function", function: { name: "f" } } })["tool_choice"]).toEqual({
      type: "tool",
      name: "f",
    });
    expect(mapped({ user: "ann@example.org" })["metadata"]).toEqual({
      user_id: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(mapped({})).toMatchObject({ max_tokens: 4096 });
    expect(mapped({ max_tokens: 10_000_000 })).toMatchObject({ max_tokens: 64_000 });
  });

  it("joins the results of parallel calls in one turn, ahead of what the user says", () => {
    const call = (id: string) => ({ id, type: "function", function: { name: "f", arguments: "{}" } });
    const image = { type: "image_url", image_url: { url: "https://x/y.png" } };
    const { messages } = mapped({
      messages: [
        { role: "user", content: "Go" },
        { role: "assistant", content: null, tool_calls: [call("a:1"), call("b")] },
        { role: "tool", tool_call_id: "a:1", content: "one" },
        { role: "user", content: "Wait." },
        { role: "tool", tool_call_id: "b", content: [{ type: "text", text: "two" }, image] },
      ],
    });
    expect((messages as unknown[]).slice(1)).toEqual([
      {
        role: "assistant",
        content: [
          { type: "tool_use", id: "a_1", name: "f", input: {} },
          { type: "tool_use", id: "b", name: "f", input: {} },
        ],
      },
      {
        role: "user",
        content: [
          { type: "tool_result", tool_use_id: "a_1", content: "one" },
          {
            type: "tool_result",
            tool_use_id: "b",
            content: [
              { type: "text", text: "two" },
              { type: "image", source: { type: "url", url: "https://x/y.png" } },
            ],
          },
          { type: "text", text: "Wait." },
        ],
      },
    ]);
  });

  it("begins the answer as the client has begun it, without the white space that is refused", () => {
    const { messages } = mapped({
      messages: [
        { role: "user", content: "Hi" },
        { role: "assistant", content: "I say:  " },
      ],
    });
    expect(messages).toMatchObject([{}, { content: [{ type: "text", text: "I say:" }] }]);
  });

  it("asks for a schema where the client does, as these models take it", () => {
    const schema = {
      type: "object",
      properties: {
        age: { type: "integer", minimum: 0, description: "In years" },
        pet: { oneOf: [{ $ref: "#/$defs/cat" }, { type: "null" }] },
        free: { type: "object", additionalProperties: { type: "string", maxLength: 3 } },
      },
      $defs: { cat: { type: "object", properties: { name: { type: "string" } } } },
    };
    const request = mapped({
      response_format: { type: "json_schema", json_schema: { name: "n", schema, strict: true } },
    });
    expect(request["output_config"]).toEqual({
      format: {
        type: "json_schema",
        schema: {
          type: "object",
          additionalProperties: false,
          properties: {
            age: { type: "integer", description: "In years (minimum: 0)" },
            pet: { anyOf: [{ $ref: "#/$defs/cat" }, { type: "null" }] },
            free: { type: "object", additionalProperties: { type: "string", description: "(maxLength: 3)" } },
          },
          $defs: { cat: { type: "object", additionalProperties: false, properties: { name: { type: "string" } } } },
        },
      },
    });
  });

  it.each([
    ["claude-sonnet-4-6", { temperature: 0.2, top_k: 3 }, { temperature: 0.2, top_k: 3 }],
    ["claude-sonnet-4-6", { temperature: 1, top_p: 0.5 }, { top_p: 0.5 }],
    ["claude-opus-4-20250514", { temperature: 0.2 }, { temperature: 0.2 }],
    ["claude-3-5-haiku-latest", { temperature: 0.2 }, { temperature: 0.2 }],
    ["claude-opus-4-7", { temperature: 0.2, top_p: 0.5, top_k: 3 }, {}],
    ["claude-haiku-5-5", { temperature: 0.2 }, {}],
    ["claude-sonnet-4-6", { reasoning_effort: "minimal" }, { output_config: { effort: "low" } }],
    ["claude-opus-4-5", { reasoning_effort: "high" }, { output_config: { effort: "high" } }],
    ["claude-sonnet-5", { reasoning_effort: "medium" }, { output_config: { effort: "medium" } }],
    ["claude-sonnet-4-5", { reasoning_effort: "high" }, {}],
    ["claude-sonnet-5", { reasoning_effort: "none" }, {}],
    [
      "claude-sonnet-4-5",
      { thinking: { type: "enabled", budget_tokens: 1024 }, temperature: 0.2 },
      { thinking: { type: "enabled", budget_tokens: 1024 } },
    ],
  ])("gives %s of %j what it takes: %j", (upstreamId, body, expected) => {
    const request = toAnthropicRequest(
      ChatRequest.parse({ model: "x", messages: [{ role: "user", content: "Hi" }], ...body }),
      { ...claude, upstreamId },
    );
    const { model: _model, max_tokens: _limit, messages: _messages, ...rest } = request;
    expect(rest).toEqual(expected);
  });

  it("has what lasts of a system message kept in the prompt cache", () => {
    const lasting = "You are Alice. ".repeat(300).trim();
    const messages = [
      { role: "system", content: `${lasting}\n\nFound.` },
      { role: "user", content: "Hi" },
    ];
    const request = ChatRequest.parse({ model: "x", messages });
    expect(toAnthropicRequest(request, claude, lasting)["system"]).toEqual([
      { type: "text", text: lasting, cache_control: { type: "ephemeral" } },
      { type: "text", text: "Found." },
    ]);
    expect(toAnthropicRequest(request, claude)["system"]).toBe(`${lasting}\n\nFound.`);
  });

  it("does not ask a model to think that would miss its earlier thoughts", () => {
    const thinking = { type: "enabled", budget_tokens: 1024 };
    const messages = [
      { role: "user", content: "Go" },
      { role: "assistant", tool_calls: [{ id: "a", type: "function", function: { name: "f", arguments: "{}" } }] },
      { role: "tool", tool_call_id: "a", content: "1" },
    ];
    expect(mapped({ thinking, messages })).not.toHaveProperty("thinking");
    expect(mapped({ thinking, messages: messages.slice(0, 1) })).toHaveProperty("thinking");
  });

  it.each([
    [{ n: 2 }, "n"],
    [{ logprobs: true }, "logprobs"],
    [{ messages: [{ role: "user", content: [{ type: "input_audio", input_audio: {} }] }] }, "messages.0.content"],
    [{ tools: [{ type: "web_search" }] }, "tools.0.type"],
    [{ functions: [{ name: "f" }] }, "functions"],
    [{ modalities: ["text", "audio"] }, "modalities"],
    [
      {
        messages: [
          { role: "assistant", tool_calls: [{ id: "a", type: "function", function: { name: "f", arguments: "{" } }] },
        ],
      },
      "messages.0.tool_calls",
    ],
  ])("refuses what cannot be had, naming the field: %j", (body, param) => {
    expect(() => mapped(body)).toThrowError(expect.objectContaining({ code: "invalid_input", param }));
  });
});

it("reads usage that comes in parts, cache included", () => {
  const start = readAnthropicUsage({
    input_tokens: 10,
    output_tokens: 1,
    cache_read_input_tokens: 5,
    cache_creation_input_tokens: 8,
    cache_creation: { ephemeral_1h_input_tokens: 3 },
  });
  expect(start).toEqual({ input: 10, output: 1, cachedInput: 5, cacheWrite: 5, cacheWriteLong: 3 });
  expect(readAnthropicUsage({ output_tokens: 77 }, start)).toEqual({ ...start, output: 77 });
  expect(readAnthropicUsage({ output_tokens: -1 }, start)).toEqual(start);
  const searched = readAnthropicUsage({ output_tokens: 5, server_tool_use: { web_search_requests: 2 } }, start);
  expect(searched).toEqual({ ...start, output: 5, searches: 2 });
  expect(readAnthropicUsage({ output_tokens: 9, server_tool_use: null }, searched)).toMatchObject({ searches: 2 });
  expect(readAnthropicUsage(undefined)).toBeNull();
});

it.each([
  ["end_turn", "stop"],
  ["max_tokens", "length"],
  ["tool_use", "tool_calls"],
  ["refusal", "content_filter"],
  ["new_reason", "stop"],
])("tells %s as %s", (theirs, ours) => expect(toFinishReason(theirs)).toBe(ours));

/** A stream as Anthropic documents it: thinking, a ping, text, two calls. */
const recorded = [
  {
    type: "message_start",
    message: { id: "msg_1", type: "message", role: "assistant", usage: { input_tokens: 9, output_tokens: 1 } },
  },
  { type: "content_block_start", index: 0, content_block: { type: "thinking", thinking: "", signature: "" } },
  { type: "ping" },
  { type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: "Let me see." } },
  { type: "content_block_delta", index: 0, delta: { type: "signature_delta", signature: "EqQB" } },
  { type: "content_block_stop", index: 0 },
  { type: "content_block_start", index: 1, content_block: { type: "text", text: "" } },
  { type: "content_block_delta", index: 1, delta: { type: "text_delta", text: "I look." } },
  { type: "content_block_stop", index: 1 },
  { type: "content_block_start", index: 2, content_block: { type: "tool_use", id: "toolu_1", name: "f", input: {} } },
  { type: "content_block_delta", index: 2, delta: { type: "input_json_delta", partial_json: "" } },
  { type: "content_block_delta", index: 2, delta: { type: "input_json_delta", partial_json: '{"a":1}' } },
  { type: "content_block_stop", index: 2 },
  { type: "content_block_start", index: 3, content_block: { type: "tool_use", id: "toolu_2", name: "g", input: {} } },
  { type: "content_block_stop", index: 3 },
  { type: "an_event_to_come" },
  { type: "message_delta", delta: { stop_reason: "tool_use", stop_sequence: null }, usage: { output_tokens: 40 } },
  { type: "message_stop" },
];

async function* bytesOf(events: { type: string }[]): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (const event of events) yield toSse(event, event.type);
}

async function told(events: { type: string }[]): Promise<{ text: string; usage: unknown; generated: string }> {
  const head = { id: "chatcmpl-1", created: 1, model: "claude-sonnet-4-6" };
  let text = "";
  let generated = "";
  let usage: unknown;
  for await (const piece of anthropicPieces(claude.endpoint, bytesOf(events), head, true)) {
    text += piece.bytes === null ? "" : new TextDecoder().decode(piece.bytes);
    generated += piece.text;
    usage = piece.usage ?? usage;
  }
  return { text, usage, generated };
}

describe("a stream of Anthropic's as OpenAI's", () => {
  it("tells thoughts, text and parallel calls, and the usage at the end", async () => {
    const { text, usage, generated } = await told(recorded);
    const data = text.split("\n\n").filter((line) => line.startsWith("data: {"));
    const chunks = data.map((line) => JSON.parse(line.slice(6)) as { choices: { delta: object }[]; usage?: object });
    expect(chunks.map(({ choices }) => choices[0]?.delta)).toEqual([
      { role: "assistant", content: "" },
      { reasoning_content: "Let me see." },
      { content: "I look." },
      { tool_calls: [{ index: 0, id: "toolu_1", type: "function", function: { name: "f", arguments: "" } }] },
      { tool_calls: [{ index: 0, function: { arguments: '{"a":1}' } }] },
      { tool_calls: [{ index: 1, id: "toolu_2", type: "function", function: { name: "g", arguments: "" } }] },
      { tool_calls: [{ index: 1, function: { arguments: "{}" } }] },
      {},
      undefined,
    ]);
    expect(chunks.at(-2)).toMatchObject({ choices: [{ finish_reason: "tool_calls" }] });
    expect(chunks.at(-1)).toMatchObject({ usage: { prompt_tokens: 9, completion_tokens: 40, total_tokens: 49 } });
    expect(text).toContain(": ping\n\n");
    expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
    expect(usage).toMatchObject({ input: 9, output: 40 });
    expect(generated).toBe('Let me see.I look.f{"a":1}g');
  });

  it.each([
    [recorded.slice(0, 9), /ended the stream in the middle/],
    [
      [...recorded.slice(0, 9), { type: "error", error: { type: "overloaded_error", message: "Overloaded" } }],
      /failed in the middle of the answer: Overloaded/,
    ],
  ])("throws where the answer breaks off", async (events, message) => {
    await expect(told(events)).rejects.toMatchObject({
      code: "upstream_failed",
      message: expect.stringMatching(message) as string,
    });
  });
});

describe("a face on an Anthropic model", () => {
  const model = "alice@claude-sonnet-4-6";

  it("answers in OpenAI's shape, plain and streamed, with the same text", async () => {
    const ctx = await userWithFace(db);
    const plain = (await (await chat(ctx, { model })).json()) as {
      choices: { message: { content: string } }[];
      usage: object;
    };
    expect(provider.requests[0]).toMatchObject({
      path: "/v1/messages",
      headers: { "x-api-key": "fake-key", "anthropic-version": "2023-06-01" },
    });
    expect((provider.requests[0]?.body as { system: string }).system).toMatch(/^You are Alice Reyes/);
    const streamed = await (await chat(ctx, { model, stream: true, stream_options: { include_usage: true } })).text();
    const chunks = streamed
      .split("\n\n")
      .filter((event) => event.startsWith("data: {"))
      .map(
        (event) =>
          JSON.parse(event.slice(6)) as {
            choices: { delta: { content?: string }; finish_reason: string | null }[];
            usage?: object;
          },
      );
    const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("");
    expect(text).toBe(plain.choices[0]?.message.content);
    expect(text.length).toBeGreaterThan(10);
    expect(chunks.at(-1)?.usage).toEqual(plain.usage);
    expect(streamed.endsWith("data: [DONE]\n\n")).toBe(true);
    expect(await books(ctx)).toMatchObject({ records: 2, reserved: 0n, isExact: true });
  });

  it("counts what was delivered when the stream breaks off", async () => {
    const ctx = await userWithFace(db);
    provider.fault({ kind: "cut", afterEvents: 5 });
    const text = await (await chat(ctx, { model, stream: true })).text();
    expect(text).toContain('data: {"error"');
    const record = await db.usageRecord.findFirstOrThrow({ where: { accountId: ctx.actor.accountId } });
    expect(record.inputTokens).toBeGreaterThan(0);
    expect(record.outputTokens).toBeGreaterThan(0);
    expect(record.outputTokens).toBeLessThan(20);
  });
});
