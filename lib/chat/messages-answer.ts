import type { TokenUsage } from "@/lib/billing/prices";
import { AppError } from "@/lib/errors";
import { type ChatCompletion, reasoningText, type ToolCall } from "./client-wire";

/** What of a request shapes its answer. */
export type AskedOfMessages = {
  /** whether thinking is wanted: Anthropic's clients get it only then */
  asksForThinking: boolean;
  stopSequences: readonly string[];
};

type Choice = { finish_reason?: string | null | undefined } & Record<string, unknown>;

export type StopFields = { stop_reason: string; stop_sequence: string | null };

/**
 * Why an answer ended, in Anthropic's words.
 *
 * OpenAI says `stop` where a call was forced, and so do some servers wherever a tool is called. vLLM tells in
 * `stop_reason` which stop sequence was met; nobody else does.
 */
export function stopFields(
  choice: Choice,
  said: { calls: boolean; refused: boolean },
  asked: AskedOfMessages,
): StopFields {
  const { finish_reason: finish, stop_reason: met } = choice;
  if (finish === "length") return { stop_reason: "max_tokens", stop_sequence: null };
  if (finish === "content_filter" || said.refused) return { stop_reason: "refusal", stop_sequence: null };
  if (said.calls || finish === "tool_calls" || finish === "function_call") {
    return { stop_reason: "tool_use", stop_sequence: null };
  }
  if (typeof met === "string" && asked.stopSequences.includes(met)) {
    return { stop_reason: "stop_sequence", stop_sequence: met };
  }
  return { stop_reason: "end_turn", stop_sequence: null };
}

/** Our usage as Anthropic's, whose `input_tokens` are those that neither came from nor went into a cache. */
export function toMessagesUsage(usage: TokenUsage) {
  return {
    input_tokens: usage.input,
    cache_creation_input_tokens: (usage.cacheWrite ?? 0) + (usage.cacheWriteLong ?? 0),
    cache_read_input_tokens: usage.cachedInput ?? 0,
    output_tokens: usage.output,
  };
}

/** Anthropic's id for an answer of ours. */
export function messageId(id: string): string {
  return `msg_${id.replace(/^chatcmpl-/, "")}`;
}

/** The head of a message, which is also how a stream begins. */
export function messageHead(id: string, model: string) {
  return { id: messageId(id), type: "message", role: "assistant", model };
}

/**
 * A chat completion as Anthropic's message.
 *
 * @throws {AppError} `upstream_failed` a tool was called with what is no JSON
 */
export function toMessage(
  completion: ChatCompletion,
  usage: TokenUsage,
  asked: AskedOfMessages,
): Record<string, unknown> {
  // none at all is an answer of no words, which the provider counts like others
  const [choice = { message: {} }] = completion.choices;
  const { message } = choice;
  const thinking = asked.asksForThinking ? reasoningText(message) : "";
  const text = `${message.content ?? ""}${message.refusal ?? ""}`;
  const calls = message.tool_calls ?? [];
  const isCut = choice.finish_reason === "length";
  const content = [
    ...(thinking === "" ? [] : [{ type: "thinking", thinking, signature: "" }]),
    ...(text === "" ? [] : [{ type: "text", text }]),
    ...calls.map((call, index) => toToolUse(call, index, isCut)),
  ];
  return {
    ...messageHead(completion.id ?? "", completion.model ?? ""),
    content,
    ...stopFields(choice, { calls: calls.length > 0, refused: Boolean(message.refusal) }, asked),
    usage: toMessagesUsage(usage),
  };
}

function toToolUse(call: ToolCall, index: number, isCut: boolean) {
  const name = call.function?.name ?? "";
  const input = readArguments(call.function?.arguments ?? "", name, isCut);
  return { type: "tool_use", id: toolUseId(call, index), name, input };
}

/** Some servers give their calls no id, and a result must name one. */
export function toolUseId({ id }: ToolCall, index: number): string {
  return id ? id : `toolu_${index}`;
}

function readArguments(text: string, name: string, isCut: boolean): unknown {
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // a call that met the limit of tokens is no call; `max_tokens` tells so
    if (isCut) return {};
    throw new AppError("upstream_failed", `The model called ${name} with arguments that are not JSON.`);
  }
}
