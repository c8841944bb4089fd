import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resolveModel } from "@/lib/models/catalogue";
import { AnthropicMessage, fromAnthropicMessage } from "./anthropic";
import { anthropicPieces } from "./anthropic-engine";
import { toAnthropicRequest } from "./anthropic-request";
import { readChunks, readCompletion } from "./client-wire";
import type { Piece } from "./engine";
import { toMessage } from "./messages-answer";
import { toChatRequest } from "./messages-request";
import { MessagesRequest } from "./messages-schemas";
import { messagesPieces } from "./messages-stream";
import { toSse } from "./sse-events";

/**
 * What goes one way and back is what it was: requests through both mappings, answers through both streams. fast-check
 * prints the seed of whatever it finds.
 */
const claude = { ...resolveModel("builtin"), upstreamId: "claude-sonnet-4-6", maxOutputTokens: 100_000 };
const endpoint = { label: "Anthropic", wire: "anthropic" as const, baseUrl: "", apiKey: null };

const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }).filter((one) => one.trim() !== "");
const name = fc.stringMatching(/^[a-zA-Z_][\w-]{0,10}$/);
const input = fc.dictionary(name, fc.oneof(fc.jsonValue({ maxDepth: 2 }), text), { maxKeys: 3 }).map(
  // as it is on the wire: no -0
  (value) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>,
);

const textBlock = text.map((one) => ({ type: "text", text: one }));
const image = fc.oneof(
  fc.base64String({ minLength: 4 }).map((data) => ({
    type: "image",
    source: { type: "base64", media_type: "image/png", data },
  })),
  fc.webUrl().map((url) => ({ type: "image", source: { type: "url", url } })),
);

/** A user's turn, and one in which an assistant calls tools and hears of them. */
const said = fc.record({
  user: fc.array(fc.oneof(textBlock, image), { minLength: 1, maxLength: 4 }),
  assistant: fc.array(textBlock, { minLength: 1, maxLength: 2 }),
});
const called = fc.record({
  before: fc.array(textBlock, { maxLength: 1 }),
  calls: fc.array(fc.record({ name, input, result: text }), { minLength: 1, maxLength: 3 }),
  after: fc.array(textBlock, { maxLength: 2 }),
});

type Block = Record<string, unknown>;
type Turn = { role: string; content: Block[] };

const conversation = fc.array(fc.record({ said, called }), { minLength: 1, maxLength: 4 }).map((rounds) =>
  rounds.flatMap(({ said: { user, assistant }, called: { before, calls, after } }, round): Turn[] => {
    const id = (at: number) => `toolu_${round}_${at}`;
    const uses = calls.map((call, at) => ({ type: "tool_use", id: id(at), name: call.name, input: call.input }));
    const results = calls.map(({ result }, at) => ({ type: "tool_result", tool_use_id: id(at), content: result }));
    return [
      { role: "user", content: user },
      { role: "assistant", content: [...before, ...uses] },
      { role: "user", content: [...results, ...after] },
      { role: "assistant", content: assistant },
    ];
  }),
);

/** Neighbours of one role are one turn; the last answer does not end in white space. */
function normalized(turns: Turn[]): Turn[] {
  const last = turns.at(-1)?.content.at(-1);
  if (typeof last?.["text"] === "string") last["text"] = last["text"].trimEnd();
  return turns;
}

describe("an Anthropic request", () => {
  it("is the same after a way through OpenAI's shape", () => {
    const tools = fc.uniqueArray(fc.record({ name, description: text }), {
      selector: (tool) => tool.name,
      maxLength: 3,
    });
    const choice = fc.constantFrom(
      { type: "auto" },
      { type: "any", disable_parallel_tool_use: true },
      { type: "none" },
    );
    fc.assert(
      fc.property(conversation, text, tools, choice, (messages, system, described, tool_choice) => {
        const input_schema = { type: "object", properties: { a: { type: "string" } } };
        const hasTools = described.length > 0;
        const body = {
          model: "claude-sonnet-4-6",
          max_tokens: 77,
          system,
          messages,
          ...(hasTools ? { tools: described.map((tool) => ({ ...tool, input_schema })), tool_choice } : {}),
        };
        const { request, refusal } = toChatRequest(MessagesRequest.parse(structuredClone(body)));
        expect(refusal).toBeNull();
        expect(toAnthropicRequest(request, claude)).toEqual({ ...body, messages: normalized(messages) });
      }),
      { numRuns: 300 },
    );
  });
});

const answer = fc.record({
  thought: fc.option(text, { nil: "" }),
  texts: fc.option(text, { nil: "" }),
  calls: fc.array(fc.record({ name, input }), { maxLength: 3 }),
});
type Answer = { thought: string; texts: string; calls: { name: string; input: Record<string, unknown> }[] };

/** Text in pieces of up to three characters, none of them half a surrogate pair. */
function cut(whole: string): string[] {
  return whole.match(/.{1,3}/gsu) ?? [];
}

function toolCall({ name: called, input: given }: Answer["calls"][number], at: number) {
  return { id: `call_${at}`, type: "function", function: { name: called, arguments: JSON.stringify(given) } };
}

async function* chunksOf({ thought, texts, calls }: Answer): AsyncGenerator<Piece> {
  await Promise.resolve();
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    bytes: toSse({ id: "chatcmpl-1", model: "m", choices: [{ index: 0, delta, finish_reason }] }),
    text: "",
  });
  yield chunk({ role: "assistant", content: "" });
  for (const part of cut(thought)) yield chunk({ reasoning_content: part });
  for (const part of cut(texts)) yield chunk({ content: part });
  for (const [index, call] of calls.map(toolCall).entries()) {
    const { name: called, arguments: whole } = call.function;
    yield chunk({ tool_calls: [{ ...call, index, function: { name: called, arguments: "" } }] });
    for (const part of cut(whole)) yield chunk({ tool_calls: [{ index, function: { arguments: part } }] });
  }
  yield chunk({}, calls.length > 0 ? "tool_calls" : "stop");
  yield { bytes: null, text: "", usage: { input: 5, output: 6 } };
  yield { bytes: toSse("[DONE]"), text: "", isEnd: true };
}

function wholeAnswer({ thought, texts, calls }: Answer) {
  const message = {
    content: texts === "" ? null : texts,
    ...(thought === "" ? {} : { reasoning_content: thought }),
    ...(calls.length === 0 ? {} : { tool_calls: calls.map(toolCall) }),
  };
  const choices = [{ message, finish_reason: calls.length > 0 ? "tool_calls" : "stop" }];
  return new TextEncoder().encode(JSON.stringify({ id: "chatcmpl-1", model: "m", choices }));
}

type MessagesEvent = {
  type: string;
  index: number;
  message: Block;
  content_block: Block;
  delta: Record<string, string>;
  usage: object;
};

/** What a client of Anthropic's makes of a stream. */
async function accumulated(pieces: AsyncIterable<Piece>): Promise<{ message: Block; bytes: Uint8Array[] }> {
  const bytes: Uint8Array[] = [];
  for await (const piece of pieces) if (piece.bytes !== null) bytes.push(piece.bytes);
  const events = Buffer.concat(bytes)
    .toString()
    .split("\n\n")
    .flatMap((event) => event.split("\n").filter((line) => line.startsWith("data: ")))
    .map((line) => JSON.parse(line.slice(6)) as MessagesEvent);
  const blocks: Block[] = [];
  const json: string[] = [];
  let message: Block = {};
  for (const { type, index, delta, ...event } of events) {
    if (type === "message_start") message = event.message;
    if (type === "content_block_start") blocks[index] = event.content_block;
    const block = blocks[index] ?? {};
    if (type === "content_block_delta" && delta["type"] === "input_json_delta")
      json[index] = `${json[index] ?? ""}${delta["partial_json"]}`;
    if (type === "content_block_delta" && delta["type"] === "text_delta")
      block["text"] = `${String(block["text"])}${delta["text"]}`;
    if (type === "content_block_delta" && delta["type"] === "thinking_delta")
      block["thinking"] = `${String(block["thinking"])}${delta["thinking"]}`;
    if (type === "content_block_stop" && json[index]) block["input"] = JSON.parse(json[index]) as unknown;
    if (type === "message_delta") message = { ...message, ...delta, usage: event.usage };
  }
  return { message: { ...message, content: blocks }, bytes };
}

describe("a streamed answer", () => {
  const asked = { asksForThinking: true, stopSequences: [] };
  const head = { model: "m", answerId: "chatcmpl-1", inputTokens: 1 };

  it("adds up to the whole one in Anthropic's shape", async () => {
    await fc.assert(
      fc.asyncProperty(answer, async (one) => {
        const completion = readCompletion(wholeAnswer(one));
        if (completion === null) throw new Error("not a completion");
        const { message } = await accumulated(messagesPieces(chunksOf(one), head, asked));
        expect(message).toEqual(toMessage(completion, { input: 5, output: 6 }, asked));
      }),
      { numRuns: 200 },
    );
  });

  it("adds up to the whole one in OpenAI's shape, also after a way through Anthropic's", async () => {
    await fc.assert(
      fc.asyncProperty(answer, async (one) => {
        const { message, bytes } = await accumulated(messagesPieces(chunksOf(one), head, asked));
        async function* source() {
          await Promise.resolve();
          yield* bytes;
        }
        const chunkHead = { id: "chatcmpl-1", created: 1, model: "m" };
        const told = { thought: "", content: "", finish: "" as string | null | undefined };
        const calls: { id: string; name: string; text: string }[] = [];
        for await (const piece of anthropicPieces(endpoint, source(), chunkHead, false)) {
          for (const { choices } of readChunks(piece.bytes)) {
            const { delta, finish_reason } = choices[0] ?? {};
            told.thought += delta?.reasoning_content ?? "";
            told.content += delta?.content ?? "";
            told.finish = finish_reason ?? told.finish;
            for (const call of delta?.tool_calls ?? []) {
              const known = (calls[call.index ?? 0] ??= {
                id: call.id ?? "",
                name: call.function?.name ?? "",
                text: "",
              });
              known.text += call.function?.arguments ?? "";
            }
          }
        }
        const whole = fromAnthropicMessage(AnthropicMessage.parse(message), chunkHead, { input: 5, output: 6 });
        expect(whole).toMatchObject({
          choices: [
            {
              finish_reason: told.finish,
              message: {
                content: told.content === "" && calls.length > 0 ? null : told.content,
                ...(told.thought === "" ? {} : { reasoning_content: told.thought }),
                ...(calls.length === 0
                  ? {}
                  : { tool_calls: calls.map(({ id, name: called }) => ({ id, function: { name: called } })) }),
              },
            },
          ],
        });
        expect(calls.map(({ text: json }) => JSON.parse(json) as unknown)).toEqual(one.calls.map((call) => call.input));
        expect(told).toMatchObject({ thought: one.thought, content: one.texts });
      }),
      { numRuns: 200 },
    );
  });
});
