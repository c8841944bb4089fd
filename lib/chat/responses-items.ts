import { itemId } from "./responses-object";

/** An event of a streamed response, before it is numbered. */
export type ResponseEvent = Record<string, unknown> & { type: string };

/** How an item ended: wholly, or cut off with the response. */
export type ItemStatus = "in_progress" | "completed" | "incomplete";

/** The likelihood of a token, as both wires tell it. */
export type Logprob = { token: string; logprob: number; bytes: number[]; top_logprobs: Logprob[] | LogprobOption[] };
export type LogprobOption = Omit<Logprob, "top_logprobs">;

/** Where a passage of a text comes from, as a provider that searched tells it. */
export type UrlCitation = { type: "url_citation"; start_index: number; end_index: number; url: string; title: string };

/** Something a response holds: it grows by events until it is closed. */
export abstract class OutputItem {
  protected status: ItemStatus = "in_progress";

  constructor(
    protected readonly id: string,
    protected readonly index: number,
  ) {}

  /** The item as it is by now. */
  abstract value(): Record<string, unknown>;

  /** What is still to be said before the item is done. */
  protected abstract ending(status: ItemStatus): ResponseEvent[];

  added(): ResponseEvent {
    return { type: "response.output_item.added", output_index: this.index, item: this.value() };
  }

  /** Ends the item; what is closed already stays as it is. */
  close(status: Exclude<ItemStatus, "in_progress">): ResponseEvent[] {
    if (this.status !== "in_progress") return [];
    const ending = this.ending(status);
    this.status = status;
    return [...ending, { type: "response.output_item.done", output_index: this.index, item: this.value() }];
  }

  protected at(): Record<string, unknown> {
    return { item_id: this.id, output_index: this.index };
  }
}

type TextPart = { type: "output_text"; text: string; annotations: UrlCitation[]; logprobs: Logprob[] };
type RefusalPart = { type: "refusal"; refusal: string };

/** What the model says to the user: text, a refusal, or both after each other. */
export class MessageItem extends OutputItem {
  private readonly content: (TextPart | RefusalPart)[] = [];

  constructor(responseId: string, index: number) {
    super(itemId("msg", responseId, index), index);
  }

  value(): Record<string, unknown> {
    const content = this.content.map((part) => ({ ...part }));
    return { id: this.id, type: "message", status: this.status, role: "assistant", content };
  }

  text(delta: string, logprobs: Logprob[]): ResponseEvent[] {
    const { part, events } = this.open<TextPart>({ type: "output_text", text: "", annotations: [], logprobs: [] });
    part.text += delta;
    part.logprobs.push(...logprobs);
    return [...events, { type: "response.output_text.delta", ...this.atPart(), delta, logprobs }];
  }

  /** Tells where a passage of the text so far comes from. */
  cite(annotation: UrlCitation): ResponseEvent[] {
    const part = this.content.at(-1);
    if (part?.type !== "output_text") return [];
    const annotation_index = part.annotations.push(annotation) - 1;
    return [{ type: "response.output_text.annotation.added", ...this.atPart(), annotation_index, annotation }];
  }

  refusal(delta: string): ResponseEvent[] {
    const { part, events } = this.open<RefusalPart>({ type: "refusal", refusal: "" });
    part.refusal += delta;
    return [...events, { type: "response.refusal.delta", ...this.atPart(), delta }];
  }

  protected ending(): ResponseEvent[] {
    const part = this.content.at(-1);
    if (part === undefined) return [];
    const done =
      part.type === "refusal"
        ? { type: "response.refusal.done", ...this.atPart(), refusal: part.refusal }
        : { type: "response.output_text.done", ...this.atPart(), text: part.text, logprobs: part.logprobs };
    return [done, { type: "response.content_part.done", ...this.atPart(), part: { ...part } }];
  }

  /** The part that text of a kind goes into: the last one, or a new one. */
  private open<P extends TextPart | RefusalPart>(fresh: P): { part: P; events: ResponseEvent[] } {
    const last = this.content.at(-1);
    if (last?.type === fresh.type) return { part: last as P, events: [] };
    const events = this.ending();
    this.content.push(fresh);
    events.push({ type: "response.content_part.added", ...this.atPart(), part: structuredClone(fresh) });
    return { part: fresh, events };
  }

  private atPart(): Record<string, unknown> {
    return { ...this.at(), content_index: this.content.length - 1 };
  }
}

/** The names of what a client gets to see of a model's thoughts: its words, or what it asked for as a summary. */
const thoughtNames = {
  content: { part: "reasoning_text", index: "content_index", text: "reasoning_text", event: "content_part" },
  summary: {
    part: "summary_text",
    index: "summary_index",
    text: "reasoning_summary_text",
    event: "reasoning_summary_part",
  },
};

/** What the model thought, where it shows it. */
export class ReasoningItem extends OutputItem {
  private text = "";

  constructor(
    responseId: string,
    index: number,
    private readonly shownAs: keyof typeof thoughtNames,
  ) {
    super(itemId("rs", responseId, index), index);
  }

  value(): Record<string, unknown> {
    const parts = { summary: [], content: [], [this.shownAs]: this.text === "" ? [] : [this.part()] };
    return { id: this.id, type: "reasoning", status: this.status, ...parts };
  }

  think(delta: string): ResponseEvent[] {
    const events = this.text === "" ? [this.event("event", "added", { part: this.part() })] : [];
    this.text += delta;
    return [...events, this.event("text", "delta", { delta })];
  }

  protected ending(): ResponseEvent[] {
    return [this.event("text", "done", { text: this.text }), this.event("event", "done", { part: this.part() })];
  }

  private part(): Record<string, unknown> {
    return { type: thoughtNames[this.shownAs].part, text: this.text };
  }

  private event(of: "text" | "event", what: string, fields: Record<string, unknown>): ResponseEvent {
    const names = thoughtNames[this.shownAs];
    return { type: `response.${names[of]}.${what}`, ...this.at(), [names.index]: 0, ...fields };
  }
}

/** A function that the client is asked to call. */
export class CallItem extends OutputItem {
  private text = "";

  constructor(
    responseId: string,
    index: number,
    private readonly callId: string,
    private readonly name: string,
  ) {
    super(itemId("fc", responseId, index), index);
  }

  value(): Record<string, unknown> {
    const { id, status, callId, name } = this;
    return { id, type: "function_call", status, call_id: callId, name, arguments: this.text };
  }

  argue(delta: string): ResponseEvent[] {
    if (delta === "") return [];
    this.text += delta;
    return [{ type: "response.function_call_arguments.delta", ...this.at(), delta }];
  }

  protected ending(status: ItemStatus): ResponseEvent[] {
    // some providers say nothing where a function takes nothing, and clients parse it as JSON
    if (status === "completed" && this.text.trim() === "") this.text = "{}";
    return [{ type: "response.function_call_arguments.done", ...this.at(), name: this.name, arguments: this.text }];
  }
}
