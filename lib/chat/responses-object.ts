import { z } from "zod";
import { inputTokens, type TokenUsage } from "@/lib/billing/prices";
import { newId } from "@/lib/ids";
import type { ResponsesRequest } from "./responses-schemas";
import { readTools } from "./responses-tools";

/** What a response says of itself at one moment. */
export type ResponseState = {
  status: "in_progress" | "completed" | "incomplete" | "failed";
  /** id of the model that answers */
  model: string;
  output: readonly unknown[];
  incompleteReason: string | null;
  error: { code: string; message: string } | null;
  usage: Record<string, unknown> | null;
  serviceTier: string | null;
  /** when it was completed, in seconds since 1970 */
  completedAt: number | null;
};

/** A new id in OpenAI's form: `resp_…`, `msg_…`, `fc_…`, `rs_…`. */
export function newResponseId(prefix: "resp" | "msg" | "fc" | "fco" | "rs" | "call"): string {
  return `${prefix}_${newId("request").slice(4)}`;
}

/** The id of an item of a response's output: it tells which response that is, so that items are found by theirs. */
export function itemId(prefix: "msg" | "fc" | "rs", responseId: string, index: number): string {
  return `${prefix}_${responseId.replace(/^resp_/u, "")}${String(index).padStart(2, "0")}`;
}

/** The response whose output has an item; null when the id is none that `itemId` has made. */
export function responseOfItem(id: string): string | null {
  const ulid = /^(?:msg|fc|rs)_([0-9a-z]{26})\d{2,4}$/u.exec(id)?.[1];
  return ulid === undefined ? null : `resp_${ulid}`;
}

/** What stays the same in a response from its first event to its last: its name, and the request's settings. */
export type ResponseHead = Record<string, unknown> & {
  id: string;
  reasoning: Record<"effort" | "summary", string | null>;
};

/**
 * The head of a response to a request. Settings tell what was done rather than what was asked: nothing is cut off the
 * input. Those that the model's provider chooses are null.
 *
 * @param isStored whether it is going to be kept
 */
export function toResponseHead(request: ResponsesRequest, isStored: boolean): ResponseHead {
  const { text, reasoning } = request;
  const tools = readTools(request).map(({ type, name, description, parameters, strict }) => ({
    type,
    name,
    description: description ?? null,
    parameters: parameters ?? null,
    strict: strict ?? false,
  }));
  return {
    id: newResponseId("resp"),
    object: "response",
    created_at: Math.floor(Date.now() / 1000),
    background: false,
    conversation: null,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    max_tool_calls: request.max_tool_calls ?? null,
    metadata: request.metadata ?? {},
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    previous_response_id: request.previous_response_id || null,
    prompt_cache_key: request["prompt_cache_key"] ?? null,
    reasoning: { effort: reasoning?.effort ?? null, summary: reasoning?.summary ?? null },
    safety_identifier: request["safety_identifier"] ?? null,
    store: isStored,
    temperature: request.temperature ?? null,
    text: { format: text?.format ?? { type: "text" }, verbosity: text?.verbosity ?? "medium" },
    tool_choice: request.tool_choice ?? "auto",
    tools,
    top_logprobs: request.top_logprobs ?? 0,
    top_p: request.top_p ?? null,
    truncation: "disabled",
    user: request["user"] ?? null,
  };
}

/** The response as it is at one moment. */
export function toResponse(head: ResponseHead, state: ResponseState): ResponseHead & { output: readonly unknown[] } {
  const { status, model, output, incompleteReason, error, usage, serviceTier, completedAt } = state;
  return {
    ...head,
    status,
    completed_at: completedAt,
    error,
    incomplete_details: incompleteReason === null ? null : { reason: incompleteReason },
    model,
    output,
    service_tier: serviceTier ?? "default",
    usage,
  };
}

const Details = z.looseObject({
  completion_tokens_details: z.looseObject({ reasoning_tokens: z.int().min(0).nullish() }).nullish(),
});

/**
 * The usage of a response.
 *
 * @param usage as the meter counts it
 * @param told as the provider wrote it into its chat completion, which alone tells tokens of reasoning
 */
export function toResponseUsage(usage: TokenUsage, told: unknown): Record<string, unknown> {
  const input = inputTokens(usage);
  const reasoning = Details.safeParse(told).data?.completion_tokens_details?.reasoning_tokens ?? 0;
  return {
    input_tokens: input,
    input_tokens_details: {
      cached_tokens: usage.cachedInput ?? 0,
      cache_write_tokens: (usage.cacheWrite ?? 0) + (usage.cacheWriteLong ?? 0),
    },
    output_tokens: usage.output,
    output_tokens_details: { reasoning_tokens: Math.min(reasoning, usage.output) },
    total_tokens: input + usage.output,
  };
}
