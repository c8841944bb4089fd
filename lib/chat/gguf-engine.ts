import type { TokenUsage } from "@/lib/billing/prices";
import { generate, type GgufEvent } from "@/lib/models/gguf-generate";
import { type GgufRuntime, openGguf } from "@/lib/models/gguf-runtime";
import type { Engine, EngineCall, Piece } from "./engine";
import { type ChunkHead, toChunk, toCompletion, toUsageChunk } from "./openai";
import { toSse } from "./sse-events";

type End = Extract<GgufEvent, { kind: "end" }>;

/**
 * Models in this process, one file of MODEL_PATH.
 *
 * @param load the runtime; tests bring their own
 */
export function ggufEngineWith(load?: () => Promise<GgufRuntime>): Engine {
  const answer = async ({ model, request, signal }: EngineCall) =>
    generate(await openGguf(model.endpoint.baseUrl, model.contextTokens, load), request, signal);

  return {
    async plain(call) {
      let text = "";
      let thought = "";
      for await (const event of await answer(call)) {
        if (event.kind === "end") return wholeAnswer(call, { text, thought }, event);
        if (event.kind === "text") text += event.text;
        else thought += event.text;
      }
      throw new Error("an answer of a local model had no end");
    },

    async stream(call) {
      return pieces(call, await answer(call));
    },
  };
}

/** The engine of MODEL_PATH. */
export const ggufEngine = ggufEngineWith();

function wholeAnswer(call: EngineCall, said: { text: string; thought: string }, end: End) {
  const message = {
    content: said.text === "" && end.toolCalls.length > 0 ? null : said.text,
    ...(said.thought === "" ? {} : { reasoning_content: said.thought }),
    ...(end.toolCalls.length === 0 ? {} : { tool_calls: toToolCalls(call, end) }),
  };
  const completion = toCompletion(headOf(call), message, end.finishReason, end.usage);
  return { body: new TextEncoder().encode(JSON.stringify(completion)), text: generatedOf(said, end), usage: end.usage };
}

async function* pieces(call: EngineCall, events: AsyncGenerator<GgufEvent>): AsyncGenerator<Piece> {
  const head = headOf(call);
  let hasBegun = false;
  for await (const event of events) {
    if (!hasBegun) yield { bytes: toSse(toChunk(head, { role: "assistant", content: "" })), text: "" };
    hasBegun = true;
    if (event.kind === "end") return yield* lastPieces(call, head, event);
    const delta = event.kind === "text" ? { content: event.text } : { reasoning_content: event.text };
    yield { bytes: toSse(toChunk(head, delta)), text: event.text };
  }
}

function* lastPieces(call: EngineCall, head: ChunkHead, end: End): Generator<Piece> {
  if (end.toolCalls.length > 0) {
    const tool_calls = toToolCalls(call, end).map((toolCall, index) => ({ index, ...toolCall }));
    yield { bytes: toSse(toChunk(head, { tool_calls })), text: generatedOf({ text: "", thought: "" }, end) };
  }
  yield { bytes: toSse(toChunk(head, {}, end.finishReason)), text: "" };
  const usage: TokenUsage = end.usage;
  const isAsked = call.request.stream_options?.include_usage === true;
  yield { bytes: isAsked ? toSse(toUsageChunk(head, usage)) : null, text: "", usage };
  yield { bytes: toSse("[DONE]"), text: "", isEnd: true };
}

function toToolCalls({ answerId }: EngineCall, { toolCalls }: End) {
  return toolCalls.map(({ name, arguments: text }, index) => ({
    id: `call_${answerId.replace(/^chatcmpl-/, "")}_${index}`,
    type: "function",
    function: { name, arguments: text },
  }));
}

function generatedOf({ text, thought }: { text: string; thought: string }, { toolCalls }: End): string {
  return `${thought}${text}${toolCalls.map((call) => `${call.name}${call.arguments}`).join("")}`;
}

function headOf({ answerId, model }: EngineCall): ChunkHead {
  return { id: answerId, created: Math.floor(Date.now() / 1000), model: model.id };
}
