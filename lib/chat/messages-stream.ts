import type { TokenUsage } from "@/lib/billing/prices";
import {
  type ChatChunk,
  readChunks,
  reasoningText,
  type Said,
  type StreamHead,
  type ToolCall,
  withBytes,
} from "./client-wire";
import type { Piece } from "./engine";
import { estimateTokens } from "./estimate-tokens";
import { type AskedOfMessages, messageHead, stopFields, toMessagesUsage, toolUseId } from "./messages-answer";
import { toSse } from "./sse-events";

/** How long nothing may be told to a client while the model is heard, in milliseconds. */
const quietMs = 10_000;

type MessagesEvent = { type: string } & Record<string, unknown>;

/**
 * A chat stream as Anthropic's: message_start, then each block from its start to its stop, then message_delta with the
 * reason and the usage, and message_stop. Every piece is told as soon as it comes.
 */
export async function* messagesPieces(
  pieces: AsyncIterable<Piece>,
  head: StreamHead,
  asked: AskedOfMessages,
): AsyncGenerator<Piece> {
  const writer = new EventWriter(head, asked);
  let usage: TokenUsage | null = null;
  let isEnded = false;
  let toldAt = performance.now();
  for await (const piece of pieces) {
    usage = piece.usage ?? usage;
    isEnded ||= piece.isEnd === true;
    const chunks = readChunks(piece.bytes);
    const events = chunks.flatMap((chunk) => writer.events(chunk));
    if (piece.isEnd) events.push(...writer.end(usage));
    else if (events.length === 0 && piece.bytes !== null) {
      // a comment keeps the connection open, and so must something while a model thinks unheard
      if (chunks.length === 0 || performance.now() - toldAt > quietMs) events.push({ type: "ping" });
    }
    if (events.length > 0) toldAt = performance.now();
    yield withBytes(piece, toBytes(events));
  }
  // some servers close the stream where others send an end mark
  if (!isEnded) yield { bytes: toBytes(writer.end(usage)), text: "", isEnd: true };
}

/** An event as bytes, its name included, by which Anthropic's clients go. */
export function toMessagesSse(event: MessagesEvent): Uint8Array {
  return toSse(event, event.type);
}

function toBytes(events: MessagesEvent[]): Uint8Array | null {
  const [first, ...others] = events.map(toMessagesSse);
  if (first === undefined) return null;
  return others.length === 0 ? first : Buffer.concat([first, ...others]);
}

type Block = { index: number; kind: "text" | "thinking" | "tool" };

/** Turns chunks into events. One block is open at a time, as on Anthropic's wire. */
class EventWriter {
  private open: Block | null = null;
  private blocks = 0;
  /** block and id of each call, by OpenAI's number of it */
  private readonly calls = new Map<number, { block: number; id: string }>();
  private isStarted = false;
  private isRefused = false;
  private choice: Record<string, unknown> = {};
  /** all that was told, to be counted where the provider does not */
  private written = "";

  constructor(
    private readonly head: StreamHead,
    private readonly asked: AskedOfMessages,
  ) {}

  events(chunk: ChatChunk): MessagesEvent[] {
    const [choice] = chunk.choices;
    const events = this.start(chunk);
    if (choice?.finish_reason) this.choice = choice;
    return choice?.delta ? [...events, ...this.said(choice.delta)] : events;
  }

  end(usage: TokenUsage | null): MessagesEvent[] {
    const said = { calls: this.calls.size > 0, refused: this.isRefused };
    const known = usage ?? { input: this.head.inputTokens, output: estimateTokens(this.written) };
    return [
      ...this.start(null),
      ...this.close(),
      { type: "message_delta", delta: stopFields(this.choice, said, this.asked), usage: toMessagesUsage(known) },
      { type: "message_stop" },
    ];
  }

  private start(chunk: ChatChunk | null): MessagesEvent[] {
    if (this.isStarted) return [];
    this.isStarted = true;
    const message = {
      ...messageHead(chunk?.id || this.head.answerId, chunk?.model || this.head.model),
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: toMessagesUsage({ input: this.head.inputTokens, output: 0 }),
    };
    return [{ type: "message_start", message }, { type: "ping" }];
  }

  private said(delta: Said): MessagesEvent[] {
    const events: MessagesEvent[] = [];
    const thinking = this.asked.asksForThinking ? reasoningText(delta) : "";
    if (thinking !== "") {
      events.push(...this.enter("thinking", { type: "thinking", thinking: "", signature: "" }));
      events.push(this.delta({ type: "thinking_delta", thinking }));
    }
    const text = `${delta.content ?? ""}${delta.refusal ?? ""}`;
    this.isRefused ||= Boolean(delta.refusal);
    if (text !== "") {
      events.push(...this.enter("text", { type: "text", text: "" }));
      events.push(this.delta({ type: "text_delta", text }));
    }
    return [...events, ...(delta.tool_calls ?? []).flatMap((call) => this.called(call))];
  }

  private called(call: ToolCall): MessagesEvent[] {
    const number = call.index ?? (call.id ? this.calls.size : Math.max(0, this.calls.size - 1));
    const known = this.calls.get(number);
    // servers that number every call 0 tell them apart by their ids alone
    const isNew = known === undefined || (Boolean(call.id) && call.id !== known.id);
    const events: MessagesEvent[] = [];
    if (isNew) {
      const id = toolUseId(call, this.blocks);
      events.push(...this.close());
      events.push(...this.enter("tool", { type: "tool_use", id, name: call.function?.name ?? "", input: {} }));
      this.calls.set(number, { block: this.blocks - 1, id: call.id ?? id });
    }
    const block = this.calls.get(number)?.block ?? 0;
    const partial_json = call.function?.arguments ?? "";
    if (partial_json !== "") events.push(this.delta({ type: "input_json_delta", partial_json }, block));
    return events;
  }

  /** Opens a block of that kind, unless it is open. */
  private enter(kind: Block["kind"], content_block: Record<string, unknown>): MessagesEvent[] {
    if (this.open?.kind === kind) return [];
    const closed = this.close();
    const index = this.blocks++;
    this.open = { index, kind };
    return [...closed, { type: "content_block_start", index, content_block }];
  }

  private close(): MessagesEvent[] {
    if (this.open === null) return [];
    const { index } = this.open;
    this.open = null;
    return [{ type: "content_block_stop", index }];
  }

  private delta(delta: Record<string, unknown>, index = this.open?.index ?? 0): MessagesEvent {
    this.written += String(Object.values(delta)[1]);
    return { type: "content_block_delta", index, delta };
  }
}
