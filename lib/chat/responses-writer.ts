import type { TokenUsage } from "@/lib/billing/prices";
import { reasoningText, type Said, type ToolCall } from "./client-wire";
import { readCitations, readLogprobs } from "./responses-details";
import {
  CallItem,
  type ItemStatus,
  MessageItem,
  type OutputItem,
  ReasoningItem,
  type ResponseEvent,
} from "./responses-items";
import { newResponseId, type ResponseHead, type ResponseState, toResponse, toResponseUsage } from "./responses-object";

/** What one answer, or a chunk of one, adds to a response. */
export type Addition = {
  model: string | null;
  serviceTier: string | null;
  said: Said;
  logprobs: unknown;
  finishReason: string | null;
};

/** A function call whose name is not known yet: some servers tell it late. */
type Waiting = { id: string; text: string };

/**
 * Retells a chat completion, chunk by chunk or whole, as the events of a response, and knows the response at any time.
 *
 * Reasoning, text and calls become items in the order in which they begin. Reasoning and text end when something else
 * begins; calls stay open to the end, since the pieces of several may come in turns.
 */
export class ResponseWriter {
  /** false: it could not be kept, though it was going to be */
  isStored = true;
  private readonly items: OutputItem[] = [];
  private readonly calls = new Map<number, { id: string | null; item: CallItem | Waiting }>();
  private readonly state: ResponseState;
  private sequence = 0;
  private finishReason: string | null = null;

  constructor(
    private readonly head: ResponseHead,
    model: string,
  ) {
    const nothing = { incompleteReason: null, error: null, usage: null, serviceTier: null, completedAt: null };
    this.state = { status: "in_progress", model, output: [], ...nothing };
  }

  /** The response as it is by now. */
  response(): ReturnType<typeof toResponse> {
    const head = this.isStored ? this.head : { ...this.head, store: false };
    return toResponse(head, { ...this.state, output: this.items.map((item) => item.value()) });
  }

  /** The events of what one answer or chunk says; before the first of them, those of the beginning. */
  add({ model, serviceTier, said, logprobs, finishReason }: Addition): ResponseEvent[] {
    if (model !== null) this.state.model = model;
    if (serviceTier !== null) this.state.serviceTier = serviceTier;
    if (finishReason !== null) this.finishReason = finishReason;
    const events = this.begin();
    const thought = reasoningText(said);
    if (thought !== "") events.push(...this.thinking(events).think(thought));
    if (said.content) events.push(...this.message(events).text(said.content, readLogprobs(logprobs)));
    const last = this.items.at(-1);
    if (last instanceof MessageItem)
      events.push(...readCitations(said["annotations"]).flatMap((one) => last.cite(one)));
    if (said.refusal) events.push(...this.message(events).refusal(said.refusal));
    (said.tool_calls ?? []).forEach((call, position) => events.push(...this.call(call, position)));
    return this.numbered(events);
  }

  /** The events of the end. @param told the provider's own usage, for what the meter does not count */
  end(usage: TokenUsage | null, told: unknown): ResponseEvent[] {
    const events = this.begin();
    const reason = incompleteReasons[this.finishReason ?? ""] ?? null;
    for (const [index, { item }] of this.calls) if (!(item instanceof CallItem)) events.push(...this.name(index, ""));
    // a client finds a message even when the model had nothing to say
    if (this.items.length === 0) events.push(...this.message(events).text("", []));
    events.push(...this.close(reason === null ? "completed" : "incomplete"));
    this.state.usage = usage && toResponseUsage(usage, told);
    this.state.incompleteReason = reason;
    this.state.status = reason === null ? "completed" : "incomplete";
    if (reason === null) this.state.completedAt = Math.floor(Date.now() / 1000);
    events.push({ type: `response.${this.state.status}`, response: this.response() });
    return this.numbered(events);
  }

  /** The events of a failure, in OpenAI's order: what went wrong, then the response that came to nothing. */
  fail({ code, message, param }: { code: string; message: string; param: string | null }): ResponseEvent[] {
    const events = this.begin();
    this.close("incomplete");
    this.state.status = "failed";
    this.state.error = { code: code === "rate_limited" ? "rate_limit_exceeded" : "server_error", message };
    events.push({ type: "error", code, message, param }, { type: "response.failed", response: this.response() });
    return this.numbered(events);
  }

  private begin(): ResponseEvent[] {
    if (this.sequence > 0) return [];
    const response = this.response();
    return [
      { type: "response.created", response },
      { type: "response.in_progress", response },
    ];
  }

  /** The message that is being written: the last item, or a new one, whose beginning goes into `events`. */
  private message(events: ResponseEvent[]): MessageItem {
    const last = this.items.at(-1);
    return last instanceof MessageItem ? last : this.opened(new MessageItem(this.head.id, this.items.length), events);
  }

  /** The same of the thoughts. */
  private thinking(events: ResponseEvent[]): ReasoningItem {
    const last = this.items.at(-1);
    if (last instanceof ReasoningItem) return last;
    const shownAs = this.head.reasoning.summary === null ? "content" : "summary";
    return this.opened(new ReasoningItem(this.head.id, this.items.length, shownAs), events);
  }

  private opened<T extends OutputItem>(item: T, events: ResponseEvent[]): T {
    const last = this.items.at(-1);
    if (last !== undefined && !(last instanceof CallItem)) events.push(...last.close("completed"));
    this.items.push(item);
    events.push(item.added());
    return item;
  }

  private call({ index, id, function: called }: ToolCall, position: number): ResponseEvent[] {
    const at = this.slot(index ?? position, id ?? null, called?.name ?? null);
    const known = this.calls.get(at) ?? { id: id ?? null, item: { id: id ?? newResponseId("call"), text: "" } };
    this.calls.set(at, known);
    const text = called?.arguments ?? "";
    if (known.item instanceof CallItem) return known.item.argue(text);
    known.item.text += text;
    return called?.name ? this.name(at, called.name) : [];
  }

  /** Where a call belongs: some servers number all their calls 0, and only a new id tells them apart. */
  private slot(index: number, id: string | null, name: string | null): number {
    const known = this.calls.get(index);
    if (known === undefined || !id || !name || known.id === null || known.id === id) return index;
    const same = [...this.calls].find(([, call]) => call.id === id);
    return same?.[0] ?? Math.max(...this.calls.keys()) + 1;
  }

  /** Begins the item of a call, now that its name is known. */
  private name(at: number, name: string): ResponseEvent[] {
    const known = this.calls.get(at);
    if (known === undefined || known.item instanceof CallItem) return [];
    const { id, text } = known.item;
    const events: ResponseEvent[] = [];
    known.item = this.opened(new CallItem(this.head.id, this.items.length, id, name), events);
    return [...events, ...known.item.argue(text)];
  }

  private close(status: Exclude<ItemStatus, "in_progress">): ResponseEvent[] {
    return this.items.flatMap((item) => item.close(status));
  }

  private numbered(events: ResponseEvent[]): ResponseEvent[] {
    return events.map((event) => ({ ...event, sequence_number: this.sequence++ }));
  }
}

const incompleteReasons: Record<string, string> = { length: "max_output_tokens", content_filter: "content_filter" };
