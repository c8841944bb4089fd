import { afterAll, afterEach, describe, expect, it } from "vitest";
import { startFakeProvider } from "@/e2e/fake-provider/start-fake-provider";
import { closePool } from "@/lib/compute/pool";
import { testDatabase } from "@/lib/db/testing";
import { resolveModel } from "@/lib/models/catalogue";
import { readAnthropicUsage, toFinishReason } from "./anthropic";
import { toAnthropicRequest } from "./anthropic-request";
import { ChatRequest } from "./schemas";
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
    });
    expect(request).toMatchObject({
      tools: [{ name: "f", description: "d", input_schema: { type: "object", properties: { a: {} } } }],
      tool_choice: { type: "any", disable_parallel_tool_use: true },
      stop_sequences: ["END"],
      max_tokens: 9,
      temperature: 1,
      metadata: { user_id: "u" },
    });
    expect(mapped({ tools, tool_choice: { type: "function", function: { name: "f" } } })["tool_choice"]).toEqual({
      type: "tool",
      name: "f",
    });
    expect(mapped({})).toMatchObject({ max_tokens: 4096 });
    expect(mapped({ max_tokens: 10_000_000 })).toMatchObject({ max_tokens: 64_000 });
  });

  it("asks for a schema where the client does", () => {
    const schema = { type: "object", properties: {} };
    const request = mapped({ response_format: { type: "json_schema", json_schema: { name: "n", schema } } });
    expect(request["output_config"]).toEqual({ format: { type: "json_schema", schema } });
  });

  it.each([
    [{ n: 2 }, "n"],
    [{ logprobs: true }, "logprobs"],
    [{ messages: [{ role: "user", content: [{ type: "input_audio", input_audio: {} }] }] }, "messages.0.content"],
    [{ tools: [{ type: "web_search" }] }, "tools.0.type"],
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
  expect(readAnthropicUsage(undefined)).toBeNull();
});

it.each([
  ["end_turn", "stop"],
  ["max_tokens", "length"],
  ["tool_use", "tool_calls"],
  ["refusal", "content_filter"],
  ["new_reason", "stop"],
])("tells %s as %s", (theirs, ours) => expect(toFinishReason(theirs)).toBe(ours));

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
