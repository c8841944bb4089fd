import { answer, type Answer } from "./answer";
import { type Asked, type AskedMessage, type AskedTool, countInput, readContent } from "./asked";
import { asArray, asNumber, asRecord, asString, type JsonRecord } from "./json-value";
import { chatEvents, toToolCall } from "./openai-chat-stream";
import { CREATED_AT_SECONDS, jsonReply, ProviderError, type Reply, streamReply, type UsageMode } from "./reply";
import { openaiLogprobs } from "./token-logprobs";

const ROLES: Record<string, AskedMessage["role"]> = {
  developer: "system",
  system: "system",
  assistant: "assistant",
  tool: "tool",
};

/** `POST /v1/chat/completions`, plain and streamed. */
export function openaiChat(body: JsonRecord, fingerprint: string, usage: UsageMode): Reply {
  const asked = readChat(body, fingerprint);
  const answers = Array.from({ length: asNumber(body["n"]) ?? 1 }, (_, index) => answer(asked, index));
  const topLogprobs = body["logprobs"] === true ? (asNumber(body["top_logprobs"]) ?? 0) : null;
  const tokens = chatUsage(asked, answers);

  if (body["stream"] === true) {
    const isUsageWanted = asRecord(body["stream_options"])["include_usage"] === true;
    return streamReply(chatEvents(asked, answers, { isUsageWanted, usage, tokens, topLogprobs }));
  }

  return jsonReply({
    id: `chatcmpl-${fingerprint.slice(0, 24)}`,
    object: "chat.completion",
    created: CREATED_AT_SECONDS,
    model: asked.model,
    choices: answers.map((one, index) => ({
      index,
      message: toMessage(one),
      logprobs: topLogprobs === null ? null : openaiLogprobs(one.text, topLogprobs),
      finish_reason: one.finish,
    })),
    ...(usage === "none" ? {} : { usage: tokens }),
    service_tier: "default",
    system_fingerprint: "fp_fake",
  });
}

function readChat(body: JsonRecord, fingerprint: string): Asked {
  const model = asString(body["model"]);
  if (model === null) throw new ProviderError(400, "you must provide a model parameter");
  const messages = asArray(body["messages"])
    .map(asRecord)
    .map((message) => ({
      role: ROLES[asString(message["role"]) ?? ""] ?? ("user" as const),
      ...readContent(message["content"]),
    }));
  if (messages.length === 0) {
    throw new ProviderError(400, "Invalid 'messages': empty array. Expected an array with minimum length 1.", {
      param: "messages",
      code: "empty_array",
    });
  }

  const stop = body["stop"];
  return {
    model,
    messages,
    tools: readTools(body["tools"]),
    forcedTool: readToolChoice(body["tool_choice"]),
    schema: readFormat(asRecord(body["response_format"])),
    maxTokens: asNumber(body["max_completion_tokens"]) ?? asNumber(body["max_tokens"]),
    stop: typeof stop === "string" ? [stop] : asArray(stop).flatMap((one) => asString(one) ?? []),
    fingerprint,
  };
}

function readTools(tools: unknown): AskedTool[] {
  return asArray(tools)
    .map((tool) => asRecord(asRecord(tool)["function"]))
    .map((fn) => ({ name: asString(fn["name"]) ?? "", schema: fn["parameters"] }));
}

function readToolChoice(choice: unknown): string | null {
  if (choice === "required") return "any";
  return asString(asRecord(asRecord(choice)["function"])["name"]);
}

function readFormat(format: JsonRecord): unknown {
  if (format["type"] === "json_schema") return asRecord(format["json_schema"])["schema"] ?? true;
  return format["type"] === "json_object" ? true : null;
}

function chatUsage(asked: Asked, answers: Answer[]): JsonRecord {
  const input = countInput(asked);
  const output = answers.reduce((sum, one) => sum + one.outputTokens, 0);
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

function toMessage(one: Answer): JsonRecord {
  const text = one.toolCalls.length > 0 ? null : one.text;
  const calls = one.toolCalls.length > 0 ? { tool_calls: one.toolCalls.map(toToolCall) } : {};
  return { role: "assistant", content: text, refusal: null, annotations: [], ...calls };
}
