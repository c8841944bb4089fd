import { describe, expect, it } from "vitest";
import { resolveModel, type ServedModel } from "@/lib/models/catalogue";
import { countedText, forModel, toChatRequest } from "./messages-request";
import { CountTokensRequest, MessagesRequest } from "./messages-schemas";
import { ChatRequest } from "./schemas";

function read(body: Record<string, unknown>) {
  const parsed = MessagesRequest.parse({
    model: "alice",
    max_tokens: 100,
    messages: [{ role: "user", content: "Hi" }],
    ...body,
  });
  return toChatRequest(parsed);
}

function served(provider: ServedModel["provider"], upstreamId: string): ServedModel {
  const capabilities = {
    tools: true,
    images: true,
    structuredOutputs: true,
    reasoning: upstreamId.startsWith("gpt-5"),
  };
  return { ...resolveModel("builtin"), id: upstreamId, upstreamId, provider, capabilities };
}

const png = { type: "image", source: { type: "base64", media_type: "image/png", data: "iVBORw0KGgo=" } };

describe("an Anthropic request as a chat request", () => {
  it("is one that the chat route would take", () => {
    const { request } = read({ system: "S", stop_sequences: ["END"], stream: true });
    expect(ChatRequest.parse(request)).toEqual(request);
    expect(request).toEqual({
      model: "alice",
      messages: [
        { role: "system", content: "S" },
        { role: "user", content: "Hi" },
      ],
      stream: true,
      max_tokens: 100,
      stop: ["END"],
    });
  });

  it("keeps who said what: text, images, calls and what came of them", () => {
    const { request, refusal } = read({
      system: [
        { type: "text", text: "One", cache_control: { type: "ephemeral" } },
        { type: "text", text: "Two" },
      ],
      messages: [
        { role: "user", content: [{ type: "text", text: "Look" }, png] },
        {
          role: "assistant",
          content: [
            { type: "thinking", thinking: "Hm", signature: "s" },
            { type: "text", text: "I look." },
            { type: "tool_use", id: "toolu_1", name: "f", input: { a: 1 } },
            { type: "tool_use", id: "toolu_2", name: "g", input: {} },
          ],
        },
        {
          role: "user",
          content: [
            { type: "tool_result", tool_use_id: "toolu_1", content: "no such file", is_error: true },
            { type: "tool_result", tool_use_id: "toolu_2", content: [{ type: "text", text: "seen" }, png] },
            { type: "text", text: "And?" },
          ],
        },
        { role: "system", content: "Be brief." },
      ],
    });
    const image = { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0KGgo=" } };
    expect(refusal).toBeNull();
    expect(request.messages).toEqual([
      {
        role: "system",
        content: [
          { type: "text", text: "One" },
          { type: "text", text: "Two" },
        ],
      },
      { role: "user", content: [{ type: "text", text: "Look" }, image] },
      {
        role: "assistant",
        content: "I look.",
        tool_calls: [
          { id: "toolu_1", type: "function", function: { name: "f", arguments: '{"a":1}' } },
          { id: "toolu_2", type: "function", function: { name: "g", arguments: "{}" } },
        ],
      },
      { role: "tool", tool_call_id: "toolu_1", content: "Error: no such file" },
      { role: "tool", tool_call_id: "toolu_2", content: "seen" },
      {
        role: "user",
        content: [{ type: "text", text: "What the call toolu_2 gave back:" }, image, { type: "text", text: "And?" }],
      },
      { role: "system", content: "Be brief." },
    ]);
  });

  it("reads documents and search results as what they hold", () => {
    const { request, refusal } = read({
      messages: [
        {
          role: "user",
          content: [
            { type: "document", title: "Notes", source: { type: "text", media_type: "text/plain", data: "N" } },
            {
              type: "document",
              title: "a.pdf",
              source: { type: "base64", media_type: "application/pdf", data: "JVBERi0=" },
            },
            { type: "document", source: { type: "content", content: [{ type: "text", text: "inner" }] } },
            { type: "search_result", title: "T", source: "https://x", content: [{ type: "text", text: "R" }] },
            { type: "image", source: { type: "url", url: "https://x/y.png" } },
          ],
        },
      ],
    });
    expect(refusal).toBeNull();
    expect(request.messages[0]?.content).toEqual([
      { type: "text", text: "Document: Notes" },
      { type: "text", text: "N" },
      { type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,JVBERi0=" } },
      { type: "text", text: "inner" },
      { type: "text", text: "Search result: T, https://x" },
      { type: "text", text: "R" },
      { type: "image_url", image_url: { url: "https://x/y.png" } },
    ]);
  });

  it.each([
    [{ type: "auto" }, { tool_choice: "auto" }],
    [
      { type: "any", disable_parallel_tool_use: true },
      { tool_choice: "required", parallel_tool_calls: false },
    ],
    [{ type: "tool", name: "f" }, { tool_choice: { type: "function", function: { name: "f" } } }],
    [{ type: "none" }, { tool_choice: "none" }],
    [undefined, {}],
  ])("maps tools and the choice %j", (tool_choice, expected) => {
    const input_schema = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };
    const tools = [{ name: "f", description: "d", input_schema, cache_control: { type: "ephemeral" } }];
    const { request } = read({ tools, ...(tool_choice === undefined ? {} : { tool_choice }) });
    const { tools: mapped, tool_choice: choice, parallel_tool_calls } = request;
    expect(mapped).toEqual([{ type: "function", function: { name: "f", description: "d", parameters: input_schema } }]);
    expect({
      ...(choice === undefined ? {} : { tool_choice: choice }),
      ...(parallel_tool_calls === undefined ? {} : { parallel_tool_calls }),
    }).toEqual(expected);
  });

  it("maps a schema for the answer, sampling and the user's id", () => {
    const schema = { type: "object", properties: {}, additionalProperties: false };
    const format = { type: "json_schema", schema };
    const { request } = read({
      output_config: { format },
      temperature: 0.5,
      top_p: 0.9,
      metadata: { user_id: "u" },
    });
    expect(request).toMatchObject({
      response_format: { type: "json_schema", json_schema: { name: "answer", schema } },
      temperature: 0.5,
      top_p: 0.9,
      user: "u",
    });
  });

  it("keeps a user's id within the length that OpenAI takes, the same one for the same user", () => {
    const users = ["u".repeat(64), "u".repeat(65), "u".repeat(65), "v".repeat(165)].map(
      (user_id) => read({ metadata: { user_id } }).request["user"],
    );
    expect(users[0]).toBe("u".repeat(64));
    expect(users[1]).toMatch(/^[0-9a-f]{64}$/);
    expect(users[2]).toBe(users[1]);
    expect(users[3]).not.toBe(users[1]);
  });

  it.each([
    [{ tools: [{ type: "web_search_20250305", name: "web_search" }] }, "tools.0"],
    [{ tools: [{ name: "f" }], tool_choice: { type: "sometimes" } }, "tool_choice"],
    [{ mcp_servers: [{ url: "https://x" }] }, "mcp_servers"],
    [{ container: "c" }, "container"],
    [{ max_tokens: 0 }, "max_tokens"],
    [{ messages: [{ role: "user", content: [{ type: "container_upload", file_id: "f" }] }] }, "messages.0.content.0"],
    [
      { messages: [{ role: "user", content: [{ type: "image", source: { type: "file", file_id: "f" } }] }] },
      "messages.0.content.0.source",
    ],
    [
      { messages: [{ role: "assistant", content: [{ type: "server_tool_use", id: "1", name: "w", input: {} }] }] },
      "messages.0.content.0",
    ],
  ])("notes what no other model takes: %j", (body, param) => {
    const { refusal } = read(body);
    expect(refusal).toMatchObject({ code: "invalid_input", param });
    expect(refusal?.message).toContain("only Anthropic's models take");
  });

  it.each([
    [{ max_tokens: undefined }, "max_tokens"],
    [{ max_tokens: -1 }, "max_tokens"],
    [{ messages: [] }, "messages"],
    [{ messages: [{ role: "tool", content: "x" }] }, "messages.0.role"],
    [{ messages: [{ role: "user", content: 7 }] }, "messages.0.content"],
    [{ tool_choice: { type: 7 } }, "tool_choice.type"],
    [{ stop_sequences: "END" }, "stop_sequences"],
  ])("is refused at the border when it is none: %j", (body, path) => {
    const result = MessagesRequest.safeParse({
      model: "alice",
      max_tokens: 1,
      messages: [{ role: "user", content: "Hi" }],
      ...body,
    });
    expect(result.error?.issues[0]?.path.join(".")).toBe(path);
  });
});

describe("what of a request depends on the model", () => {
  const body = MessagesRequest.parse({
    model: "alice",
    max_tokens: 100,
    messages: [{ role: "user", content: "Hi" }],
    top_k: 5,
    thinking: { type: "enabled", budget_tokens: 2_000 },
  });
  const request = ChatRequest.parse({
    ...toChatRequest(body).request,
    messages: [
      {
        role: "system",
        content: [
          { type: "text", text: "persona" },
          { type: "text", text: "own" },
        ],
      },
      { role: "user", content: "Hi" },
    ],
  });

  it("is the name of the limit, and what OpenAI refuses", () => {
    const openai = forModel(request, served("openai", "gpt-4o-mini"), body);
    expect(openai).toMatchObject({ max_completion_tokens: 100 });
    for (const key of ["max_tokens", "top_k", "reasoning_effort", "thinking"]) expect(openai).not.toHaveProperty(key);
    const local = forModel(request, served("server", "llama3"), body);
    expect(local).toMatchObject({ max_tokens: 100, top_k: 5 });
    expect(local).not.toHaveProperty("max_completion_tokens");
    expect(local.messages[0]).toEqual({ role: "system", content: "persona\n\nown" });
  });

  it.each([
    [{ type: "enabled", budget_tokens: 2_000 }, undefined, "low"],
    [{ type: "enabled", budget_tokens: 8_000 }, undefined, "medium"],
    [{ type: "enabled", budget_tokens: 32_000 }, undefined, "high"],
    [{ type: "adaptive" }, "max", "high"],
    [undefined, "low", "low"],
    [{ type: "adaptive" }, undefined, undefined],
    [{ type: "disabled" }, undefined, undefined],
  ])("is how hard to think: %j with effort %s is %s", (thinking, effort, expected) => {
    const asked = { ...body, thinking, output_config: effort === undefined ? undefined : { effort } };
    expect(forModel(request, served("openai", "gpt-5-mini"), asked)["reasoning_effort"]).toBe(expected);
  });
});

it("counts calls and tools among the text", () => {
  const { request } = toChatRequest(
    CountTokensRequest.parse({
      model: "alice",
      messages: [
        { role: "user", content: "Hi" },
        { role: "assistant", content: [{ type: "tool_use", id: "t", name: "look", input: { at: "moon" } }] },
      ],
      tools: [{ name: "look", input_schema: { type: "object" } }],
    }),
  );
  const text = countedText(request);
  for (const word of ["Hi", "moon", '"look"', "object"]) expect(text).toContain(word);
});
