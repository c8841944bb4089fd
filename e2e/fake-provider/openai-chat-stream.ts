import { type Answer, piecesOf, type ToolCall } from "./answer";
import type { Asked } from "./asked";
import type { JsonRecord } from "./json-value";
import { CREATED_AT_SECONDS, type StreamEvent, type UsageMode } from "./reply";
import { openaiLogprobs } from "./token-logprobs";

type ChatStreamOptions = { isUsageWanted: boolean; usage: UsageMode; tokens: JsonRecord; topLogprobs: number | null };

/**
 * The chunks of a streamed completion: role, one delta per word, finish reason, usage when asked for, `[DONE]`.
 *
 * With usage reported twice the finish chunk carries it too, as several compatible servers do.
 */
export function chatEvents(asked: Asked, answers: Answer[], options: ChatStreamOptions): StreamEvent[] {
  const isUsageSent = options.isUsageWanted && options.usage !== "none";
  const chunk = (choices: JsonRecord[], usage: JsonRecord | null = null): StreamEvent => ({
    data: {
      id: `chatcmpl-${asked.fingerprint.slice(0, 24)}`,
      object: "chat.completion.chunk",
      created: CREATED_AT_SECONDS,
      model: asked.model,
      service_tier: "default",
      system_fingerprint: "fp_fake",
      choices,
      ...(isUsageSent ? { usage } : {}),
    },
  });

  const bodies = answers.flatMap((one, index) =>
    choiceDeltas(one, options.topLogprobs).map((choice) => chunk([{ index, ...choice }])),
  );
  const ends = answers.map((one, index) =>
    chunk(
      [{ index, delta: {}, logprobs: null, finish_reason: one.finish }],
      options.usage === "twice" ? options.tokens : null,
    ),
  );

  return [...bodies, ...ends, ...(isUsageSent ? [chunk([], options.tokens)] : []), { data: "[DONE]" }];
}

function choiceDeltas(one: Answer, topLogprobs: number | null): JsonRecord[] {
  const plain = (delta: JsonRecord): JsonRecord => ({ delta, logprobs: null, finish_reason: null });
  const content = one.toolCalls.length > 0 ? null : "";

  return [
    plain({ role: "assistant", content, refusal: null }),
    ...one.toolCalls.flatMap((call, index) => [
      plain({ tool_calls: [{ index, ...toToolCall({ ...call, arguments: "" }) }] }),
      ...piecesOf(call.arguments).map((piece) => plain({ tool_calls: [{ index, function: { arguments: piece } }] })),
    ]),
    ...piecesOf(one.text).map((piece) => ({
      ...plain({ content: piece }),
      logprobs: topLogprobs === null ? null : openaiLogprobs(piece, topLogprobs),
    })),
  ];
}

export function toToolCall(call: ToolCall): JsonRecord {
  return { id: call.id, type: "function", function: { name: call.name, arguments: call.arguments } };
}
