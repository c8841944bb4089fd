import { describe, expect, it } from "vitest";
import { InvalidInputError } from "@/lib/errors";
import { toChatRequest } from "./responses-request";
import { ResponsesRequest } from "./responses-schemas";
import { ChatRequest } from "./schemas";

function mapped(body: Record<string, unknown>): ChatRequest {
  const request = toChatRequest(ResponsesRequest.parse({ model: "alice", input: "Hello", ...body }));
  // what comes out is what the chat route would take
  expect(ChatRequest.parse(request)).toEqual(request);
  return request;
}

function messagesOf(input: unknown, instructions?: string): unknown[] {
  return mapped({ input, instructions }).messages;
}

function refusal(body: Record<string, unknown>): InvalidInputError {
  try {
    mapped(body);
  } catch (error) {
    if (error instanceof InvalidInputError) return error;
    throw error;
  }
  throw new Error(`was not refused: ${JSON.stringify(body)}`);
}

const call = { type: "function_call", id: "fc_1", call_id: "call_1", name: "kiln", arguments: '{"at":"night"}' };
const output = { type: "function_call_output", call_id: "call_1", output: "1200 °C" };
const toolCall = { id: "call_1", type: "function", function: { name: "kiln", arguments: '{"at":"night"}' } };

describe("input", () => {
  it("is a user's message when it is a string, behind the instructions", () => {
    expect(messagesOf("Hello", "Be brief.")).toEqual([
      { role: "system", content: "Be brief." },
      { role: "user", content: "Hello" },
    ]);
  });

  it("keeps roles and words of messages, with or without a type, as a string where there is text alone", () => {
    expect(
      messagesOf([
        { role: "developer", content: [{ type: "input_text", text: "In Portuguese." }] },
        { role: "user", content: "Hello" },
        {
          type: "message",
          id: "msg_1",
          role: "assistant",
          status: "completed",
          content: [
            { type: "output_text", text: "Olá", annotations: [], logprobs: [] },
            { type: "output_text", text: "!", annotations: [] },
          ],
        },
        { role: "user", content: [{ type: "input_text", text: "And now?" }] },
      ]),
    ).toEqual([
      { role: "developer", content: "In Portuguese." },
      { role: "user", content: "Hello" },
      { role: "assistant", content: "Olá!" },
      { role: "user", content: "And now?" },
    ]);
  });

  it("keeps images, audio, files and a refusal as parts", () => {
    const pdf = "data:application/pdf;base64,JVBERi0=";
    const content = [
      { type: "input_text", text: "What is this?" },
      { type: "input_image", image_url: "https://example.com/pot.png", detail: "original" },
      { type: "input_image", image_url: "data:image/png;base64,AAAA", file_id: null },
      { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } },
      { type: "input_file", filename: "pot.pdf", file_data: pdf },
    ];
    const refused = { role: "assistant", content: [{ type: "refusal", refusal: "I will not say." }] };
    expect(messagesOf([{ role: "user", content }, refused])).toEqual([
      {
        role: "user",
        content: [
          { type: "text", text: "What is this?" },
          { type: "image_url", image_url: { url: "https://example.com/pot.png", detail: "high" } },
          { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
          { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } },
          { type: "file", file: { filename: "pot.pdf", file_data: pdf } },
        ],
      },
      { role: "assistant", content: [{ type: "refusal", refusal: "I will not say." }] },
    ]);
  });

  it("reads a file of text, which every model can have", () => {
    const base64 = Buffer.from("Glaze: tin, 8 %.", "utf8").toString("base64");
    for (const file of [
      { filename: "glaze.md", file_data: base64 },
      { filename: "glaze.md", file_data: `data:text/markdown;charset=utf-8;base64,${base64}` },
    ]) {
      expect(messagesOf([{ role: "user", content: [{ type: "input_file", ...file }] }])).toEqual([
        { role: "user", content: "File glaze.md:\n\nGlaze: tin, 8 %." },
      ]);
    }
  });

  it("passes over what another model thought", () => {
    const reasoning = { type: "reasoning", id: "rs_1", summary: [{ type: "summary_text", text: "Hm." }] };
    expect(messagesOf([reasoning, { type: "item_reference", id: "rs_2" }, { role: "user", content: "Hello" }])).toEqual(
      [{ role: "user", content: "Hello" }],
    );
  });
});

describe("calls of functions", () => {
  it("are one message of the model, with each output right behind it", () => {
    const second = { ...call, id: "fc_2", call_id: "call_2" };
    expect(
      messagesOf([
        { role: "user", content: "Fire it." },
        { type: "reasoning", id: "rs_1", summary: [] },
        { role: "assistant", content: "I look." },
        call,
        second,
        output,
        { ...output, call_id: "call_2", output: [{ type: "input_text", text: "1250 °C" }] },
        { role: "user", content: "Well?" },
      ]),
    ).toEqual([
      { role: "user", content: "Fire it." },
      { role: "assistant", content: "I look.", tool_calls: [toolCall, { ...toolCall, id: "call_2" }] },
      { role: "tool", tool_call_id: "call_1", content: "1200 °C" },
      { role: "tool", tool_call_id: "call_2", content: "1250 °C" },
      { role: "user", content: "Well?" },
    ]);
  });

  it("of one turn after another stay apart", () => {
    const second = { ...call, call_id: "call_2" };
    expect(messagesOf([call, output, second, { ...output, call_id: "call_2" }])).toEqual([
      { role: "assistant", content: null, tool_calls: [toolCall] },
      { role: "tool", tool_call_id: "call_1", content: "1200 °C" },
      { role: "assistant", content: null, tool_calls: [{ ...toolCall, id: "call_2" }] },
      { role: "tool", tool_call_id: "call_2", content: "1200 °C" },
    ]);
  });

  it("have their output beside them whatever was said in between", () => {
    const said = { role: "assistant", content: "Wait." };
    expect(messagesOf([call, said, { role: "user", content: "Hurry." }, output])).toEqual([
      { role: "assistant", content: "Wait.", tool_calls: [toolCall] },
      { role: "tool", tool_call_id: "call_1", content: "1200 °C" },
      { role: "user", content: "Hurry." },
    ]);
  });

  it("may give an image, which is shown behind their outputs", () => {
    const image = { type: "input_image", image_url: "data:image/png;base64,AAAA" };
    expect(messagesOf([call, { ...output, output: [image] }])).toEqual([
      { role: "assistant", content: null, tool_calls: [toolCall] },
      { role: "tool", tool_call_id: "call_1", content: "It follows below." },
      {
        role: "user",
        content: [
          { type: "text", text: "The output of the call call_1:" },
          { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
        ],
      },
    ]);
  });
});

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
    [{ previous_response_id: "resp_1" }, "previous_response_id", /whole conversation in input/],
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
    [{ input: [output] }, "input.0.call_id", /no function_call before it/],
    [{ input: [] }, "input", /must hold a message/],
    [{ input: null, instructions: "Be brief." }, "input", /must hold a message/],
  ])("%j", (body, param, message) => {
    const error = refusal(body);
    expect(error.param).toBe(param);
    expect(error.message).toMatch(message);
  });
});
