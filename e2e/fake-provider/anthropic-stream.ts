import { piecesOf } from "./answer";
import type { AnthropicBlock, AnthropicMessage } from "./anthropic-messages";
import type { JsonRecord } from "./json-value";
import type { StreamEvent, UsageMode } from "./reply";

/**
 * The events of a streamed message, `message_start` to `message_stop`.
 *
 * Usage twice: an extra `message_delta` half-way reports the whole count once more; the figures are
 * cumulative on this wire, so a reader who adds them up charges double.
 */
export function anthropicEvents(whole: AnthropicMessage, usage: UsageMode): StreamEvent[] {
  const { usage: tokens, ...rest } = whole;
  const withUsage = (value: JsonRecord): JsonRecord => (usage === "none" ? {} : { usage: value });
  const start = {
    ...rest,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    ...withUsage({ ...tokens, output_tokens: 1 }),
  };
  const delta = (stop: string | null): JsonRecord => ({
    type: "message_delta",
    delta: { stop_reason: stop, stop_sequence: stop === null ? null : whole.stop_sequence },
    ...withUsage({ output_tokens: tokens.output_tokens }),
  });

  const events: JsonRecord[] = [
    { type: "message_start", message: start },
    ...whole.content.flatMap(blockEvents),
    ...(usage === "twice" ? [delta(null)] : []),
    delta(whole.stop_reason),
    { type: "message_stop" },
  ];

  return events.map((data) => ({ event: String(data["type"]), data }));
}

function blockEvents(block: AnthropicBlock, index: number): JsonRecord[] {
  const isText = block.type === "text";
  const pieces = piecesOf(isText ? block.text : JSON.stringify(block.input));

  return [
    { type: "content_block_start", index, content_block: isText ? { ...block, text: "" } : { ...block, input: {} } },
    ...(index === 0 ? [{ type: "ping" }] : []),
    ...pieces.map((piece) => ({
      type: "content_block_delta",
      index,
      delta: isText ? { type: "text_delta", text: piece } : { type: "input_json_delta", partial_json: piece },
    })),
    { type: "content_block_stop", index },
  ];
}
