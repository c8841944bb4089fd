import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { forModel, toChatRequest } from "./responses-request";
import { ResponsesRequest } from "./responses-schemas";
import { ChatRequest } from "./schemas";

function mapped(body: Record<string, unknown>): ChatRequest {
  const request = toChatRequest(ResponsesRequest.parse({ model: "alice", input: "Hello", ...body }));
  // what comes out is what the chat route would take
  expect(ChatRequest.parse(request)).toEqual(request);
  return request;
}

function refusal(body: Record<string, unknown>): AppError {
  try {
    mapped(body);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error(`was not refused: ${JSON.stringify(body)}`);
}

describe("settings", () => {
  it("keep their meaning under the names of chat completions", () => {
    const schema = { type: "object", properties: {}, additionalProperties: false };
    expect(
      mapped({
        stream: true,
        max_output_tokens: 300,
        temperature: 0.2,
        top_p: 0.9,
        top_logprobs: 2,
        reasoning: { effort: "low", summary: "auto" },
        text: { verbosity: "low", format: { type: "json_schema", name: "pot", schema, strict: true } },
        user: "u1",
        safety_identifier: "s1",
        prompt_cache_key: "k1",
        service_tier: "flex",
        seed: 7,
      }),
    ).toEqual({
      model: "alice",
      messages: [{ role: "user", content: "Hello" }],
      stream: true,
      stream_options: { include_usage: true },
      max_completion_tokens: 300,
      temperature: 0.2,
      top_p: 0.9,
      logprobs: true,
      top_logprobs: 2,
      reasoning_effort: "low",
      verbosity: "low",
      response_format: { type: "json_schema", json_schema: { name: "pot", schema, strict: true } },
      user: "u1",
      safety_identifier: "s1",
      prompt_cache_key: "k1",
      service_tier: "flex",
      seed: 7,
    });
  });

  it("of this wire alone, and empty ones, are not sent on", () => {
    expect(
      mapped({
        store: true,
        metadata: { a: "b" },
        truncation: "auto",
        max_tool_calls: 3,
        include: ["reasoning.encrypted_content"],
        stream_options: { include_obfuscation: false },
        text: { format: { type: "text" } },
        parallel_tool_calls: true,
        tool_choice: "auto",
        n: 4,
        temperature: null,
        previous_response_id: null,
        conversation: null,
        background: false,
      }),
    ).toEqual({ model: "alice", messages: [{ role: "user", content: "Hello" }] });
  });
});

describe("a model of another server than OpenAI's", () => {
  it("is told its limit by the name that all know, and no developer", () => {
    const input = [
      { role: "developer", content: "In Portuguese." },
      { role: "user", content: "Hello" },
    ];
    const request = mapped({ input, max_output_tokens: 300 });
    expect(forModel(request, { provider: "openai" })).toEqual(request);
    const { max_completion_tokens, ...rest } = request;
    expect(max_completion_tokens).toBe(300);
    expect(forModel(request, { provider: "server" })).toEqual({
      ...rest,
      max_tokens: 300,
      messages: [
        { role: "system", content: "In Portuguese." },
        { role: "user", content: "Hello" },
      ],
    });
    expect(forModel(mapped({}), { provider: "server" })).toEqual(mapped({}));
  });
});

describe("tools", () => {
  const tool = {
    type: "function",
    name: "kiln",
    description: "Fires it",
    parameters: { type: "object" },
    strict: true,
  };
  const chatTool = {
    type: "function",
    function: { name: "kiln", description: "Fires it", parameters: { type: "object" }, strict: true },
  };

  it("are functions in their own object", () => {
    const other = { type: "function", name: "wheel", parameters: null, strict: null };
    const choice = { type: "function", name: "kiln" };
    expect(mapped({ tools: [tool, other], tool_choice: choice, parallel_tool_calls: false })).toMatchObject({
      tools: [chatTool, { type: "function", function: { name: "wheel" } }],
      tool_choice: { type: "function", function: { name: "kiln" } },
      parallel_tool_calls: false,
    });
  });

  it("are only those that are allowed", () => {
    const choice = { type: "allowed_tools", mode: "required", tools: [{ type: "function", name: "kiln" }] };
    const request = mapped({ tools: [{ ...tool, name: "wheel" }, tool], tool_choice: choice });
    expect(request).toMatchObject({ tools: [chatTool], tool_choice: "required" });
    expect(refusal({ tools: [{ ...tool, name: "wheel" }], tool_choice: choice }).param).toBe("tool_choice.tools");
  });

  it.each([
    "web_search",
    "file_search",
    "computer_use_preview",
    "code_interpreter",
    "mcp",
    "image_generation",
    "custom",
  ])("of type %s are refused in words that name what is served", (type) => {
    const error = refusal({ tools: [tool, { type, name: "x" }] });
    expect(error.param).toBe("tools.1.type");
    expect(error.message).toContain(`tools.1 is of type ${type}`);
    expect(error.message).toContain("tools of type function are");
    expect(refusal({ tools: [tool], tool_choice: { type } }).param).toBe("tool_choice.type");
  });
});

describe("what cannot be had is refused, with what to do instead", () => {
  it.each([
    [{ conversation: "conv_1" }, "conversation", /Name the response before in previous_response_id/],
    [{ conversation: { id: "conv_1" } }, "conversation", /whole conversation in input/],
    [{ background: true }, "background", /stream/],
    [{ prompt: { id: "pmpt_1" } }, "prompt", /instructions/],
    [{ moderation: { model: "omni" } }, "moderation", /Leave it out/],
    [{ input: [{ type: "item_reference", id: "msg_1" }] }, "input.0", /store is false/],
    [{ input: [{ type: "computer_call", id: "cu_1" }] }, "input.0.type", /function_call_output/],
    [
      { input: [{ role: "user", content: [{ type: "input_image", file_id: "file_1" }] }] },
      "input.0.content.0",
      /image_url/,
    ],
    [
      { input: [{ role: "user", content: [{ type: "input_file", file_url: "https://x" }] }] },
      "input.0.content.0",
      /file_data/,
    ],
    [{ input: [{ role: "user", content: [{ type: "input_video" }] }] }, "input.0.content.0.type", /input_text/],
    [{ input: [{ role: "user", content: [{ type: "input_text" }] }] }, "input.0.content.0.text", /missing/],
    [{ input: [{ role: "robot", content: "x" }] }, "input.0.role", /Invalid option/],
    [{ tool_choice: "required" }, "tool_choice", /tools holds none/],
    [
      { input: [{ type: "function_call_output", call_id: "call_1", output: "1200 °C" }] },
      "input.0.call_id",
      /no function_call before it/,
    ],
    [{ input: [] }, "input", /must hold a message/],
    [{ input: null, instructions: "Be brief." }, "input", /must hold a message/],
  ])("%j", (body, param, message) => {
    const error = refusal(body);
    expect(error.param).toBe(param);
    expect(error.message).toMatch(message);
  });
});
