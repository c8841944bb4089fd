import { createOpenAI } from "@ai-sdk/openai";
import { streamText, tool } from "ai";
import fc from "fast-check";
import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Piece } from "./engine";
import { ResponsesRequest } from "./responses-schemas";
import { responsesWire } from "./responses-wire";
import { toSse } from "./sse-events";

/** What one chunk may say; calls take turns, and their first piece names them. */
const delta = fc.oneof(
  fc.record({ reasoning_content: fc.string({ unit: "grapheme" }) }),
  fc.record({ content: fc.string({ unit: "grapheme" }) }),
  fc.record({ refusal: fc.string() }),
  fc.record({ call: fc.nat(3), text: fc.string() }),
  fc.constant({}),
);
type Delta = { reasoning_content?: string; content?: string; refusal?: string; call?: number; text?: string };

function toChunks(deltas: readonly Delta[], finish: string): unknown[] {
  const named = new Set<number>();
  const chunks = deltas.map(({ call, text, ...said }) => {
    if (call === undefined) return { ...said };
    const start = named.has(call) ? {} : { id: `call_${call}`, type: "function" };
    const name = named.has(call) ? {} : { name: `f${call}` };
    named.add(call);
    return { tool_calls: [{ index: call, ...start, function: { ...name, arguments: text } }] };
  });
  return [
    ...chunks.map((said) => ({ model: "m", choices: [{ index: 0, delta: said, finish_reason: null }] })),
    { model: "m", choices: [{ index: 0, delta: {}, finish_reason: finish }] },
  ];
}

async function* pieces(chunks: readonly unknown[], perPiece: number): AsyncGenerator<Piece> {
  for (let at = 0; at < chunks.length; at += perPiece) {
    const bytes = Buffer.concat(chunks.slice(at, at + perPiece).map((chunk) => toSse(chunk)));
    yield { bytes, text: "" };
    await Promise.resolve();
  }
  yield { bytes: toSse("[DONE]"), text: "", usage: { input: 1, output: 2 }, isEnd: true };
}

async function streamed(chunks: readonly unknown[], perPiece: number, body = {}): Promise<Buffer> {
  const wire = responsesWire(ResponsesRequest.parse({ model: "alice", input: "Hello", ...body }));
  const parts: Uint8Array[] = [];
  const head = { model: "m", answerId: "chatcmpl-1", inputTokens: 1 };
  for await (const { bytes } of wire.stream(pieces(chunks, perPiece), head)) parts.push(bytes ?? new Uint8Array());
  return Buffer.concat(parts);
}

function answeringWith(bytes: Buffer): typeof fetch {
  const headers = { "content-type": "text/event-stream" };
  return () => Promise.resolve(new Response(new Uint8Array(bytes), { headers }));
}

/** The official SDK, which refuses events that do not fit together, reading these bytes. */
async function readBySdk(bytes: Buffer) {
  const openai = new OpenAI({ apiKey: "k", maxRetries: 0, fetch: answeringWith(bytes) });
  return openai.responses.stream({ model: "alice", input: "Hello" }).finalResponse();
}

/** The AI SDK, which holds events to its own schemas, reading these bytes. */
function readByAiSdk(bytes: Buffer) {
  const openai = createOpenAI({ apiKey: "k", fetch: answeringWith(bytes) });
  const execute = () => "done";
  const names = [0, 1, 2, 3].map((at) => [`f${at}`, tool({ inputSchema: z.unknown(), execute })] as const);
  return streamText({ model: openai("alice"), maxRetries: 0, prompt: "Hello", tools: Object.fromEntries(names) });
}

describe("whatever a model says in whatever order", () => {
  it("the official SDK puts the events together to the response that ends them, and loses nothing", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(delta, { maxLength: 12 }),
        fc.constantFrom("stop", "length", "tool_calls"),
        fc.integer({ min: 1, max: 4 }),
        async (deltas: Delta[], finish, perPiece) => {
          const bytes = await streamed(toChunks(deltas, finish), perPiece);
          const read = await readBySdk(bytes);
          const said = (key: "reasoning_content" | "content" | "refusal") =>
            deltas.map((one) => one[key] ?? "").join("");
          const parts = read.output.flatMap((item) => (item.type === "message" ? item.content : []));
          const thoughts = read.output.flatMap((item) => (item.type === "reasoning" ? (item.content ?? []) : []));
          expect(read.output_text).toBe(said("content"));
          expect(thoughts.map(({ text }) => text).join("")).toBe(said("reasoning_content"));
          expect(parts.map((part) => (part.type === "refusal" ? part.refusal : "")).join("")).toBe(said("refusal"));
          for (const call of new Set(deltas.flatMap((one) => one.call ?? []))) {
            const text = deltas.map((one) => (one.call === call ? one.text : "")).join("");
            const item = read.output.find((one) => one.type === "function_call" && one.name === `f${call}`);
            const isEmpty = text.trim() === "" && finish !== "length";
            expect(item).toMatchObject({ call_id: `call_${call}`, arguments: isEmpty ? "{}" : text });
          }
          expect(read.status).toBe(finish === "length" ? "incomplete" : "completed");
        },
      ),
      { numRuns: 150 },
    );
  });

  it("the AI SDK reads all of it too, thoughts where it asks for a summary", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(delta, { maxLength: 12 }), fc.boolean(), async (deltas: Delta[], asksForSummary) => {
        const body = asksForSummary ? { reasoning: { summary: "auto" } } : {};
        const result = readByAiSdk(await streamed(toChunks(deltas, "stop"), 2, body));
        const errors: unknown[] = [];
        let text = "";
        for await (const part of result.fullStream) {
          if (part.type === "text-delta") text += part.text;
          if (part.type === "error") errors.push(part.error);
        }
        const thoughts = deltas.map(({ reasoning_content }) => reasoning_content ?? "").join("");
        expect(errors).toEqual([]);
        // it takes a refusal for text
        expect(text).toBe(deltas.map(({ content, refusal }) => content ?? refusal ?? "").join(""));
        expect((await result.reasoningText) ?? "").toBe(asksForSummary ? thoughts : "");
        const called = new Set(deltas.flatMap(({ call }) => call ?? []));
        expect(new Set((await result.toolCalls).map(({ toolName }) => toolName))).toEqual(
          new Set([...called].map((call) => `f${call}`)),
        );
      }),
      { numRuns: 60 },
    );
  });
});
