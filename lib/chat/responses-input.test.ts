import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
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

describe("whatever a client sends", () => {
  const name = fc.constantFrom("kiln", "wheel", "");
  const id = fc.constantFrom("call_1", "call_2", "rs_1", "msg_1", null);
  const junk = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.array(fc.string(), { maxLength: 2 }));
  const part = fc.record(
    {
      type: fc.constantFrom("input_text", "output_text", "refusal", "input_image", "input_file", "input_audio", "x"),
      text: junk,
      refusal: junk,
      image_url: junk,
      file_data: fc.oneof(junk, fc.constant("data:text/plain;base64,aGk=")),
      filename: junk,
      input_audio: fc.oneof(junk, fc.object()),
      detail: junk,
    },
    { requiredKeys: ["type"] },
  );
  const content = fc.oneof(junk, fc.array(part, { maxLength: 3 }));
  const item = fc.record(
    {
      type: fc.constantFrom(
        "message",
        "function_call",
        "function_call_output",
        "reasoning",
        "item_reference",
        null,
        "x",
      ),
      role: fc.constantFrom("user", "assistant", "system", "developer", "tool"),
      content,
      output: content,
      id,
      call_id: id,
      name,
      arguments: junk,
    },
    { requiredKeys: ["type"] },
  );
  const tool = fc.record({ type: fc.constantFrom("function", "mcp"), name, parameters: junk });
  const choice = fc.record({ type: fc.constantFrom("function", "allowed_tools"), name, mode: junk, tools: junk });
  const format = fc.record({ type: fc.constantFrom("text", "json_schema"), name, schema: junk, strict: junk });
  const field = fc.oneof(
    fc.record({ input: fc.array(item, { maxLength: 5 }) }),
    fc.record({ tools: fc.array(tool, { maxLength: 2 }), tool_choice: fc.oneof(junk, choice) }),
    fc.record({ text: fc.record({ format }) }),
    fc
      .tuple(
        fc.constantFrom(...Object.keys(ResponsesRequest.shape), ...Object.keys(ChatRequest.shape), "user", "seed"),
        fc.jsonValue({ maxDepth: 2 }),
      )
      .map(([key, value]) => ({ [key]: value })),
  );

  it("becomes a chat completion or is refused as invalid", () => {
    const outcomes = { chat: 0, refused: 0 };
    const property = fc.property(field, (asked) => {
      const parsed = ResponsesRequest.safeParse({ model: "alice", input: "Hello", ...asked });
      if (!parsed.success) return;
      let request: ChatRequest;
      try {
        request = toChatRequest(parsed.data);
      } catch (error) {
        outcomes.refused += 1;
        expect(error).toBeInstanceOf(AppError);
        expect(["invalid_input", "not_found"]).toContain((error as AppError).code);
        return;
      }
      outcomes.chat += 1;
      expect(ChatRequest.parse(request)).toEqual(request);
    });
    fc.assert(property, { numRuns: 3_000 });
    expect(Math.min(outcomes.chat, outcomes.refused)).toBeGreaterThan(200);
  });

  const items = fc.array(fc.tuple(fc.constantFrom("user", "assistant", "call", "output", "reasoning"), fc.nat(3)), {
    minLength: 1,
    maxLength: 12,
  });

  it("has each output behind the message that calls, and no other message between", () => {
    const property = fc.property(items, (kinds) => {
      const called = new Set<number>();
      const input = kinds.flatMap(([kind, at]): Record<string, unknown>[] => {
        if (kind === "reasoning") return [{ type: "reasoning", id: "rs_1", summary: [] }];
        if (kind === "user" || kind === "assistant") return [{ role: kind, content: `${kind} ${at}` }];
        if (kind === "call" && called.has(at)) return [];
        if (kind === "output" && !called.has(at)) return [];
        called.add(at);
        return [{ ...(kind === "call" ? call : output), call_id: `call_${at}` }];
      });
      const said = input.filter((item) => "content" in item);
      fc.pre(said.length + called.size > 0);
      const { messages } = mapped({ input });
      let open: unknown[] = [];
      for (const message of messages) {
        if (message.role === "tool") expect(open).toContain(message["tool_call_id"]);
        else open = ((message["tool_calls"] ?? []) as { id: string }[]).map(({ id }) => id);
      }
      const outputs = input.filter((item) => "output" in item);
      expect(messages.filter(({ role }) => role === "tool")).toHaveLength(outputs.length);
      const all = messages.map((message) => message.content).join("\n");
      for (const { content } of said as { content: string }[]) expect(all).toContain(content);
    });
    fc.assert(property, { numRuns: 500 });
  });
});
