import { answer, type Answer } from "./answer";
import { type Asked, type AskedMessage, countInput, readContent } from "./asked";
import { anthropicEvents } from "./anthropic-stream";
import { asArray, asNumber, asRecord, asString, type JsonRecord } from "./json-value";
import { jsonReply, ProviderError, type Reply, streamReply, type UsageMode } from "./reply";

/** `POST /v1/messages`, plain and streamed. */
export function anthropicMessages(body: JsonRecord, fingerprint: string, usage: UsageMode): Reply {
  const asked = readMessages(body, fingerprint);
  if (asked.maxTokens === null) throw new ProviderError(400, "max_tokens: Field required");

  const whole = toMessage(asked, answer(asked));
  if (body["stream"] === true) return streamReply(anthropicEvents(whole, usage));
  const { usage: tokens, ...rest } = whole;
  return jsonReply(usage === "none" ? rest : { ...rest, usage: tokens });
}

/** `POST /v1/messages/count_tokens`: the same count that a call would report. */
export function anthropicCountTokens(body: JsonRecord, fingerprint: string): Reply {
  return jsonReply({ input_tokens: countInput(readMessages(body, fingerprint)) });
}

function readMessages(body: JsonRecord, fingerprint: string): Asked {
  const model = asString(body["model"]);
  if (model === null) throw new ProviderError(400, "model: Field required");
  const turns = asArray(body["messages"]).map(asRecord).map(readTurn);
  if (turns.length === 0) throw new ProviderError(400, "messages: at least one message is required");

  const system = readContent(body["system"]);
  const choice = asRecord(body["tool_choice"]);
  const format = asRecord(asRecord(body["output_config"])["format"] ?? body["output_format"]);
  return {
    model,
    messages: [...(system.text === "" ? [] : [{ role: "system" as const, ...system }]), ...turns],
    tools: asArray(body["tools"])
      .map(asRecord)
      .map((tool) => ({ name: asString(tool["name"]) ?? "", schema: tool["input_schema"] })),
    forcedTool: choice["type"] === "any" ? "any" : choice["type"] === "tool" ? asString(choice["name"]) : null,
    schema: format["type"] === "json_schema" ? (format["schema"] ?? true) : null,
    maxTokens: asNumber(body["max_tokens"]),
    stop: asArray(body["stop_sequences"]).flatMap((one) => asString(one) ?? []),
    fingerprint,
  };
}

function readTurn(turn: JsonRecord): AskedMessage {
  const hasResult = asArray(turn["content"]).some((part) => asRecord(part)["type"] === "tool_result");
  const role = turn["role"] === "assistant" ? "assistant" : hasResult ? "tool" : "user";
  return { role, ...readContent(turn["content"]) };
}

/** A whole message; the stream is cut from it. */
export type AnthropicMessage = ReturnType<typeof toMessage>;

function toMessage(asked: Asked, one: Answer) {
  return {
    id: `msg_${asked.fingerprint.slice(0, 24)}`,
    type: "message" as const,
    role: "assistant" as const,
    model: asked.model,
    content: toBlocks(one),
    stop_reason: stopReason(one),
    stop_sequence: one.stopSequence,
    usage: {
      input_tokens: countInput(asked),
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      output_tokens: one.outputTokens,
      service_tier: "standard",
    },
  };
}

export type AnthropicBlock =
  { type: "text"; text: string } | { type: "tool_use"; id: string; name: string; input: unknown };

function toBlocks(one: Answer): AnthropicBlock[] {
  if (one.toolCalls.length === 0) return [{ type: "text", text: one.text }];
  return one.toolCalls.map((call) => ({
    type: "tool_use",
    id: call.id.replace("call_", "toolu_"),
    name: call.name,
    input: JSON.parse(call.arguments) as unknown,
  }));
}

function stopReason(one: Answer): string {
  if (one.stopSequence !== null) return "stop_sequence";
  return { stop: "end_turn", length: "max_tokens", tool_calls: "tool_use" }[one.finish];
}
