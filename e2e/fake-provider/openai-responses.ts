import { answer, type Answer } from "./answer";
import { type Asked, type AskedMessage, countInput, readContent } from "./asked";
import { asArray, asNumber, asRecord, asString, type JsonRecord } from "./json-value";
import { responsesEvents } from "./openai-responses-stream";
import { CREATED_AT_SECONDS, jsonReply, ProviderError, type Reply, streamReply, type UsageMode } from "./reply";

/** `POST /v1/responses`, plain and streamed: text, structured output and function calls. */
export function openaiResponses(body: JsonRecord, fingerprint: string, usage: UsageMode): Reply {
  const asked = readResponses(body, fingerprint);
  const one = answer(asked);
  const whole = toResponse(asked, one, body);

  if (body["stream"] === true) return streamReply(responsesEvents(whole, one, usage));
  return jsonReply(usage === "none" ? { ...whole, usage: null } : whole);
}

function readResponses(body: JsonRecord, fingerprint: string): Asked {
  const model = asString(body["model"]);
  if (model === null)
    throw new ProviderError(400, "Missing required parameter: 'model'.", {
      param: "model",
      code: "missing_required_parameter",
    });

  const instructions = asString(body["instructions"]);
  const choice = body["tool_choice"];
  return {
    model,
    messages: [
      ...(instructions === null ? [] : [{ role: "system" as const, text: instructions, images: 0 }]),
      ...readInput(body["input"]),
    ],
    tools: asArray(body["tools"])
      .map(asRecord)
      .filter((tool) => tool["type"] === "function")
      .map((tool) => ({ name: asString(tool["name"]) ?? "", schema: tool["parameters"] })),
    forcedTool: choice === "required" ? "any" : asString(asRecord(choice)["name"]),
    schema: readFormat(asRecord(asRecord(body["text"])["format"])),
    maxTokens: asNumber(body["max_output_tokens"]),
    stop: [],
    fingerprint,
  };
}

function readInput(input: unknown): AskedMessage[] {
  if (typeof input === "string") return [{ role: "user", text: input, images: 0 }];

  return asArray(input)
    .map(asRecord)
    .flatMap((item): AskedMessage[] => {
      if (item["type"] === "function_call_output") return [{ role: "tool", ...readContent(item["output"]) }];
      if (item["type"] === "function_call") return [{ role: "assistant", text: "", images: 0 }];
      const role = asString(item["role"]);
      if (role === null) return [];
      const known = role === "assistant" || role === "user" ? role : "system";
      return [{ role: known, ...readContent(item["content"]) }];
    });
}

function readFormat(format: JsonRecord): unknown {
  if (format["type"] === "json_schema") return format["schema"] ?? true;
  return format["type"] === "json_object" ? true : null;
}

function toResponse(asked: Asked, one: Answer, body: JsonRecord): JsonRecord {
  const input = countInput(asked);
  const isCut = one.finish === "length";
  return {
    id: `resp_${asked.fingerprint.slice(0, 32)}`,
    object: "response",
    created_at: CREATED_AT_SECONDS,
    status: isCut ? "incomplete" : "completed",
    error: null,
    incomplete_details: isCut ? { reason: "max_output_tokens" } : null,
    instructions: body["instructions"] ?? null,
    max_output_tokens: asked.maxTokens,
    metadata: body["metadata"] ?? {},
    model: asked.model,
    output: toOutput(asked, one),
    parallel_tool_calls: true,
    temperature: body["temperature"] ?? 1,
    text: body["text"] ?? { format: { type: "text" } },
    tool_choice: body["tool_choice"] ?? "auto",
    tools: body["tools"] ?? [],
    top_p: body["top_p"] ?? 1,
    usage: {
      input_tokens: input,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: one.outputTokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: input + one.outputTokens,
    },
  };
}

function toOutput(asked: Asked, one: Answer): JsonRecord[] {
  if (one.toolCalls.length > 0) {
    return one.toolCalls.map((call) => ({
      type: "function_call",
      id: `fc_${call.id}`,
      call_id: call.id,
      name: call.name,
      arguments: call.arguments,
      status: "completed",
    }));
  }

  const content = [{ type: "output_text", text: one.text, annotations: [], logprobs: [] }];
  return [
    {
      type: "message",
      id: `msg_${asked.fingerprint.slice(0, 32)}`,
      status: one.finish === "length" ? "incomplete" : "completed",
      role: "assistant",
      content,
    },
  ];
}
