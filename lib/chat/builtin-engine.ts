import type { TokenUsage } from "@/lib/billing/prices";
import { runTask } from "@/lib/compute/pool";
import { servedModels } from "@/lib/models/catalogue";
import { builtinModelId } from "@/lib/models/hosted-models";
import { builtinAnswer } from "./builtin";
import { withoutFace } from "./builtin-replies";
import { type Limits, readLimits } from "./builtin-request";
import type { Engine, EngineCall, Piece } from "./engine";
import { type ChunkHead, toChunk, toCompletion, toUsageChunk } from "./openai";
import { messageText } from "./schemas";
import { toSse } from "./sse-events";

/** Tells every client what is answering. */
const fingerprint = "faces-builtin: quotes the face's sources, not a language model";

/** The engine that needs no provider: it answers with the face's own words. */
export const builtinEngine: Engine = {
  async plain(call) {
    const { text, finishReason, choices, usage } = await answerOf(call);
    const completion = toCompletion(headOf(call), { content: text }, finishReason, usage);
    const body = { ...completion, choices: repeated(completion["choices"], choices) };
    return { body: new TextEncoder().encode(JSON.stringify(body)), text: text.repeat(choices), usage };
  },

  async stream(call) {
    return pieces(call, await answerOf(call));
  },
};

type Answer = { text: string; finishReason: "stop" | "length"; choices: number; usage: TokenUsage };

async function* pieces(call: EngineCall, { text, finishReason, choices, usage }: Answer): AsyncGenerator<Piece> {
  const head = headOf(call);
  const all = (...chunk: Parameters<typeof toChunk>) => eachChoice(toChunk(...chunk), choices);
  yield { bytes: all(head, { role: "assistant", content: "" }), text: "" };
  for (const [word] of text.matchAll(/\s*\S+\s*/g))
    yield { bytes: all(head, { content: word }), text: word.repeat(choices), choices: Array(choices).fill(word) };
  yield { bytes: all(head, {}, finishReason), text: "" };
  const isAsked = call.request.stream_options?.include_usage === true;
  yield { bytes: isAsked ? toSse(toUsageChunk(head, usage)) : null, text: "", usage };
  yield { bytes: toSse("[DONE]"), text: "", isEnd: true };
}

/** A chunk once for each choice, as events one after the other. */
function eachChoice(chunk: Record<string, unknown>, choices: number): Uint8Array {
  if (choices === 1) return toSse(chunk);
  return Buffer.concat(repeated(chunk["choices"], choices).map((choice) => toSse({ ...chunk, choices: [choice] })));
}

/** The same question has one answer: whoever asks for several gets it several times. */
function repeated(choices: unknown, count: number): object[] {
  const [first] = Array.isArray(choices) ? (choices as object[]) : [];
  return Array.from({ length: count }, (_, index) => ({ ...first, index }));
}

async function answerOf(call: EngineCall): Promise<Answer> {
  const limits = readLimits(call.request);
  const { text, finishReason } = await limited(say(call), limits, call.signal);
  const texts = [call.request.messages.map(messageText).join("\n"), text];
  const [input = 0, output = 0] = await runTask("countTokens", { texts }, { signal: call.signal });
  return { text, finishReason, choices: limits.choices, usage: { input, output: output * limits.choices } };
}

function say({ said, face, retrieved }: EngineCall): string {
  if (face === null || retrieved === null) return withoutFace;
  const messages = said.map((message) => ({ role: message.role, text: messageText(message) }));
  const models = servedModels().flatMap(({ id, endpoint }) => (endpoint.wire === "builtin" ? [] : [id]));
  return builtinAnswer({ face, messages, models, ...retrieved });
}

/** Keeps to the client's limits: the answer ends before a stop text, and at a word when it has no room for more. */
async function limited(whole: string, { stops, tokens }: Limits, signal: AbortSignal) {
  const end = Math.min(...stops.map((stop) => whole.indexOf(stop)).filter((at) => at >= 0), whole.length);
  const text = whole.slice(0, end);
  if (tokens === null) return { text, finishReason: "stop" as const };
  const texts = beginnings(text);
  const counts = await runTask("countTokens", { texts }, { signal });
  const fitting = texts.filter((_, index) => (counts[index] ?? 0) <= tokens).at(-1) ?? "";
  return { text: fitting, finishReason: fitting === text ? ("stop" as const) : ("length" as const) };
}

/** A text up to each of its words, the whole of it last; the first word also letter by letter, for very few tokens. */
function beginnings(text: string): string[] {
  const letters = Array.from(/^\s*\S*/u.exec(text)?.[0] ?? "");
  const first = letters.map((_, index) => letters.slice(0, index + 1).join(""));
  const words = [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => text.slice(0, index + word.length));
  return [...first, ...words, text];
}

function headOf({ answerId }: EngineCall): ChunkHead {
  return {
    id: answerId,
    created: Math.floor(Date.now() / 1000),
    model: builtinModelId,
    system_fingerprint: fingerprint,
  };
}
