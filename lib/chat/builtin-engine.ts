import { runTask } from "@/lib/compute/pool";
import { InvalidInputError } from "@/lib/errors";
import { builtinModelId } from "@/lib/models/hosted-models";
import { builtinAnswer } from "./builtin";
import type { Engine, EngineCall, Piece } from "./engine";
import { type ChunkHead, toChunk, toCompletion, toUsageChunk } from "./openai";
import { askedOutputTokens, messageText } from "./schemas";
import { toSse } from "./sse-events";

/** Tells every client what is answering. */
const fingerprint = "faces-builtin: quotes the face's sources, not a language model";

const withoutFace =
  "I am the built-in engine of Faces, not a language model: all I can do is quote a face. Name one as the model, for instance `alice`.";

/** The engine that needs no provider: it answers with the face's own words. */
export const builtinEngine: Engine = {
  async plain(call) {
    const { text, finishReason } = answerOf(call);
    const usage = await countUsage(call, text);
    const completion = toCompletion(headOf(call), { content: text }, finishReason, usage);
    return { body: new TextEncoder().encode(JSON.stringify(completion)), text, usage };
  },

  stream(call) {
    return Promise.resolve(pieces(call, answerOf(call)));
  },
};

type Answer = { text: string; finishReason: "stop" | "length" };

async function* pieces(call: EngineCall, { text, finishReason }: Answer): AsyncGenerator<Piece> {
  const head = headOf(call);
  yield { bytes: toSse(toChunk(head, { role: "assistant", content: "" })), text: "" };
  for (const [word] of text.matchAll(/\s*\S+\s*/g))
    yield { bytes: toSse(toChunk(head, { content: word })), text: word };
  yield { bytes: toSse(toChunk(head, {}, finishReason)), text: "" };
  const usage = await countUsage(call, text);
  const isAsked = call.request.stream_options?.include_usage === true;
  yield { bytes: isAsked ? toSse(toUsageChunk(head, usage)) : null, text: "", usage };
  yield { bytes: toSse("[DONE]"), text: "", isEnd: true };
}

function answerOf({ request, face, retrieved }: EngineCall): Answer {
  if ((request.n ?? 1) > 1)
    throw new InvalidInputError("The built-in engine has one answer to a question: n must be 1.", "n");
  if (face === null || retrieved === null) return limited(withoutFace, request);
  const messages = request.messages.map((message) => ({ role: message.role, text: messageText(message) }));
  return limited(builtinAnswer({ face, messages, ...retrieved }), request);
}

/** Keeps to the client's limits. A word is taken for a token and a third, which is English's mean. */
function limited(text: string, request: EngineCall["request"]): Answer {
  const most = askedOutputTokens(request);
  const words = [...text.matchAll(/\S+\s*/g)].map(([word]) => word);
  const fitting = most === null ? words.length : Math.max(1, Math.floor(most / 1.33));
  if (words.length <= fitting) return { text, finishReason: "stop" };
  return { text: words.slice(0, fitting).join("").trimEnd(), finishReason: "length" };
}

async function countUsage({ request, signal }: EngineCall, text: string): Promise<{ input: number; output: number }> {
  const texts = [request.messages.map(messageText).join("\n"), text];
  const [input = 0, output = 0] = await runTask("countTokens", { texts }, { signal });
  return { input, output };
}

function headOf({ answerId }: EngineCall): ChunkHead {
  return {
    id: answerId,
    created: Math.floor(Date.now() / 1000),
    model: builtinModelId,
    system_fingerprint: fingerprint,
  };
}
