import { z } from "zod";
import type { TokenUsage } from "@/lib/billing/prices";
import { type ChunkHead, toChunk, toCompletion } from "./openai";

const Tokens = z.int().min(0).max(20_000_000).nullish();

const AnthropicUsage = z.looseObject({
  input_tokens: Tokens,
  output_tokens: Tokens,
  cache_read_input_tokens: Tokens,
  cache_creation_input_tokens: Tokens,
  cache_creation: z.looseObject({ ephemeral_1h_input_tokens: Tokens }).nullish(),
  server_tool_use: z.looseObject({ web_search_requests: Tokens }).nullish(),
});

const Block = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  name: z.string().optional(),
  text: z.string().optional(),
  input: z.unknown().optional(),
});

/** A whole answer of the Messages API. */
export const AnthropicMessage = z.looseObject({
  id: z.string(),
  model: z.string(),
  content: z.array(Block),
  stop_reason: z.string().nullish(),
  usage: z.unknown().optional(),
});
export type AnthropicMessage = z.infer<typeof AnthropicMessage>;

/** An event of a streamed answer; which fields are there follows from `type`. */
export const AnthropicEvent = z.looseObject({
  type: z.string(),
  index: z.int().optional(),
  message: z.looseObject({ id: z.string(), usage: z.unknown().optional() }).optional(),
  content_block: Block.optional(),
  delta: z
    .looseObject({
      type: z.string().optional(),
      text: z.string().optional(),
      thinking: z.string().optional(),
      partial_json: z.string().optional(),
      stop_reason: z.string().nullish(),
    })
    .optional(),
  usage: z.unknown().optional(),
});
export type AnthropicEvent = z.infer<typeof AnthropicEvent>;

/** Anthropic's `usage` as ours. In a stream it comes in parts: what a part leaves out stays as it was. */
export function readAnthropicUsage(value: unknown, before: TokenUsage | null = null): TokenUsage | null {
  const parsed = AnthropicUsage.safeParse(value);
  if (!parsed.success) return before;
  const told = parsed.data;
  if (before === null && typeof told.input_tokens !== "number") return null;
  const long = told.cache_creation?.ephemeral_1h_input_tokens ?? null;
  const written = told.cache_creation_input_tokens;
  const searches = told.server_tool_use?.web_search_requests ?? before?.searches ?? 0;
  return {
    input: told.input_tokens ?? before?.input ?? 0,
    output: told.output_tokens ?? before?.output ?? 0,
    cachedInput: told.cache_read_input_tokens ?? before?.cachedInput ?? 0,
    cacheWriteLong: long ?? before?.cacheWriteLong ?? 0,
    cacheWrite: typeof written === "number" ? Math.max(0, written - (long ?? 0)) : (before?.cacheWrite ?? 0),
    ...(searches === 0 ? {} : { searches }),
  };
}

const finishReasons: Record<string, string> = {
  end_turn: "stop",
  stop_sequence: "stop",
  pause_turn: "stop",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  tool_use: "tool_calls",
  refusal: "content_filter",
};

export function toFinishReason(stopReason: string | null | undefined): string {
  return finishReasons[stopReason ?? "end_turn"] ?? "stop";
}

/** A Messages answer as a chat completion, with the text that was generated. */
export function fromAnthropicMessage(message: AnthropicMessage, head: ChunkHead, usage: TokenUsage) {
  const text = message.content.map((block) => (block.type === "text" ? (block.text ?? "") : "")).join("");
  const calls = message.content
    .filter((block) => block.type === "tool_use")
    .map(({ id, name, input }) => ({
      id,
      type: "function",
      function: { name, arguments: JSON.stringify(input ?? {}) },
    }));
  const thought = message.content.map((block) => String(block["thinking"] ?? "")).join("");
  const said = {
    content: text === "" && calls.length > 0 ? null : text,
    ...(thought === "" ? {} : { reasoning_content: thought }),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
  return toCompletion(head, said, toFinishReason(message.stop_reason), usage);
}

/** All that was generated, tool calls and thinking included. */
export function anthropicText(message: AnthropicMessage): string {
  return message.content
    .map(
      (block) =>
        block.text ??
        (block.input === undefined ? String(block["thinking"] ?? "") : `${block.name}${JSON.stringify(block.input)}`),
    )
    .join("");
}

/** What one event adds to the text that was generated. */
export function anthropicEventText({ content_block: block, delta }: AnthropicEvent): string {
  return `${block?.name ?? ""}${delta?.text ?? delta?.partial_json ?? delta?.thinking ?? ""}`;
}

/** Turns the events of one streamed answer into chunks. It remembers which block is which tool call. */
export class ChunkWriter {
  /** by the index of the block: OpenAI's number of the call, and whether its arguments have begun */
  private readonly calls = new Map<number, { number: number; isBegun: boolean }>();

  constructor(private readonly head: ChunkHead) {}

  /** The chunk that an event becomes; null for events that OpenAI's wire has no place for. */
  chunk(event: AnthropicEvent): Record<string, unknown> | null {
    switch (event.type) {
      case "message_start":
        return toChunk(this.head, { role: "assistant", content: "" });
      case "content_block_start":
        return this.blockStart(event);
      case "content_block_delta":
        return this.blockDelta(event);
      case "content_block_stop":
        // a call without input is JSON too
        return this.calls.get(event.index ?? 0)?.isBegun === false ? this.argumentsOf(event.index ?? 0, "{}") : null;
      case "message_delta":
        return event.delta?.stop_reason ? toChunk(this.head, {}, toFinishReason(event.delta.stop_reason)) : null;
      default:
        return null;
    }
  }

  private blockStart({ index = 0, content_block: block }: AnthropicEvent): Record<string, unknown> | null {
    if (block?.type === "text" && block.text) return toChunk(this.head, { content: block.text });
    if (block?.type !== "tool_use") return null;
    const number = this.calls.size;
    this.calls.set(index, { number, isBegun: false });
    const start = { index: number, id: block.id, type: "function", function: { name: block.name, arguments: "" } };
    return toChunk(this.head, { tool_calls: [start] });
  }

  private blockDelta({ index = 0, delta }: AnthropicEvent): Record<string, unknown> | null {
    if (delta?.type === "text_delta") return toChunk(this.head, { content: delta.text ?? "" });
    if (delta?.type === "thinking_delta") return toChunk(this.head, thoughtDelta(delta.thinking ?? ""));
    return delta?.type === "input_json_delta" && delta.partial_json
      ? this.argumentsOf(index, delta.partial_json)
      : null;
  }

  private argumentsOf(index: number, text: string): Record<string, unknown> | null {
    const call = this.calls.get(index);
    if (call === undefined) return null;
    call.isBegun = true;
    return toChunk(this.head, { tool_calls: [{ index: call.number, function: { arguments: text } }] });
  }
}

/** The name that servers of open models give to what was thought; OpenAI's wire has none. */
function thoughtDelta(text: string): { content?: string; reasoning_content: string } {
  return { reasoning_content: text };
}
