import { AppError, InvalidInputError } from "@/lib/errors";
import { log } from "@/lib/log";
import { type GgufCall, toGgufCall } from "./gguf-request";
import type { GgufChunk, GgufModel, GgufResponse } from "./gguf-runtime";

/** What comes of an answer: its words one after another, then how it ended. */
export type GgufEvent =
  | { kind: "text" | "thought"; text: string }
  | {
      kind: "end";
      finishReason: "stop" | "length" | "tool_calls";
      toolCalls: { name: string; arguments: string }[];
      /** by the model's own tokenizer */
      usage: { input: number; output: number };
    };

/** An answer that nobody limited ends here, in tokens. */
const longestUnasked = 4_096;
/** Room for an answer worth beginning, in tokens. */
const leastRoom = 16;
/** No text of people has so many characters to a token. */
const mostCharactersPerToken = 16;

/**
 * Has a model in this process answer. Nothing begins before the first event is asked for; the turn is given back when
 * the last was read, or when the reader leaves.
 *
 * @param body OpenAI's chat completion request
 * @throws {InvalidInputError} what it cannot do, and a conversation that is too long for it
 * @throws {AppError} `rate_limited` too many wait; `upstream_failed` it broke or ran out of time
 * @throws the signal's reason
 */
export async function* generate(model: GgufModel, body: unknown, signal: AbortSignal): AsyncGenerator<GgufEvent> {
  const call = toGgufCall(body);
  const input = countInput(model, call);
  const room = model.contextTokens - input - 1;
  if (room < leastRoom) throw tooLong(model, `${input}`);
  const grammar = await grammarOf(model, call);
  const leaveTurn = await model.turns.enter(signal).catch((error: unknown) => {
    throw signal.aborted ? whyAborted(signal) : error;
  });
  const stopped = new AbortController();
  const before = model.sequence.tokenMeter.usedOutputTokens;
  const answer = new Answer();
  const done = model.chat
    .generateResponse(call.history, {
      ...call.sampling,
      ...(grammar === null ? {} : { grammar }),
      ...(call.functions === null ? {} : { functions: call.functions }),
      maxTokens: Math.min(call.askedTokens ?? longestUnasked, room),
      signal: AbortSignal.any([signal, stopped.signal]),
      onResponseChunk: (chunk) => answer.add(chunk),
    })
    .then(
      (response) => answer.end(response),
      (error: unknown) => answer.fail(error),
    );
  try {
    yield* answer.events();
    const output = model.sequence.tokenMeter.usedOutputTokens - before;
    yield endOf(answer.response(signal), { input, output });
  } finally {
    stopped.abort();
    // the next one may begin only when this one has really stopped
    await done;
    leaveTurn();
  }
}

/** Hands on what the runtime says in callbacks. */
class Answer {
  readonly #events: GgufEvent[] = [];
  #result: { response: GgufResponse } | { error: unknown } | null = null;
  #wake: () => void = () => undefined;

  add({ type, segmentType, text }: GgufChunk): void {
    if (text === "") return;
    this.#events.push({ kind: type === "segment" && segmentType === "thought" ? "thought" : "text", text });
    this.#wake();
  }

  end(response: GgufResponse): void {
    this.#result = { response };
    this.#wake();
  }

  fail(error: unknown): void {
    this.#result = { error };
    this.#wake();
  }

  async *events(): AsyncGenerator<GgufEvent> {
    for (;;) {
      const next = this.#events.shift();
      if (next !== undefined) yield next;
      else if (this.#result !== null) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** @throws what the answer failed with, as ours */
  response(signal: AbortSignal): GgufResponse {
    if (this.#result !== null && "response" in this.#result) return this.#result.response;
    if (signal.aborted) throw whyAborted(signal);
    const cause = this.#result?.error;
    log.error("the local model broke off", { cause });
    throw new AppError("upstream_failed", "The local model broke off. The log of the installation says why.", {
      cause,
    });
  }
}

/** Time running out is the model's failure; anything else is the caller's going away. */
function whyAborted({ reason }: AbortSignal): unknown {
  if (!(reason instanceof DOMException) || reason.name !== "TimeoutError") return reason;
  return new AppError("upstream_failed", "The local model did not finish its answer in time.", { cause: reason });
}

function endOf({ functionCalls, metadata }: GgufResponse, usage: { input: number; output: number }): GgufEvent {
  const toolCalls = (functionCalls ?? []).map(({ functionName, params }) => ({
    name: functionName,
    arguments: JSON.stringify(params ?? {}),
  }));
  const ended = metadata.stopReason === "maxTokens" ? "length" : "stop";
  return { kind: "end", finishReason: toolCalls.length > 0 ? "tool_calls" : ended, toolCalls, usage };
}

/** @throws {InvalidInputError} far too much, before it is counted: counting happens on the event loop */
function countInput(model: GgufModel, { history, functions }: GgufCall): number {
  const { chat, tokenizer, contextTokens } = model;
  const most = contextTokens * mostCharactersPerToken;
  if (JSON.stringify(history).length > most) throw tooLong(model, `far more than ${contextTokens}`);
  const available = functions === null ? {} : { availableFunctions: functions };
  const { contextText } = chat.chatWrapper.generateContextState({ chatHistory: history, ...available });
  return contextText.tokenize(tokenizer).length;
}

function tooLong({ contextTokens }: GgufModel, tokens: string): InvalidInputError {
  const sentence = `The conversation has ${tokens} tokens, and the model in this installation holds ${contextTokens}. Shorten it, or set MODEL_CONTEXT_TOKENS higher.`;
  return new InvalidInputError(sentence, "messages");
}

async function grammarOf({ llama }: GgufModel, { json }: GgufCall): Promise<unknown> {
  if (json === null) return null;
  if (json === true) return llama.getGrammarFor("json");
  try {
    return await llama.createGrammarForJsonSchema(json.schema);
  } catch (cause) {
    const sentence =
      "The model in this installation cannot hold itself to that JSON schema. Simplify it, or use another model.";
    throw new AppError("invalid_input", sentence, { param: "response_format", cause });
  }
}
