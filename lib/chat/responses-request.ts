import { InvalidInputError } from "@/lib/errors";
import type { ServedModel } from "@/lib/models/catalogue";
import { toMessages } from "./responses-input";
import { type Kept, nothingKept } from "./responses-kept";
import type { ResponsesRequest, TextFormat } from "./responses-schemas";
import { toToolFields } from "./responses-tools";
import type { ChatRequest } from "./schemas";

/** What is not served, and what to do instead. */
const unserved: Record<string, string> = {
  conversation:
    "no conversations are kept here. Name the response before in previous_response_id, or send the whole conversation in input.",
  prompt: "no prompt templates are kept here. Send its text as instructions and input.",
  background: "answers are given while you wait. Leave it out, and set stream for a long one.",
  moderation: "no answer is moderated here. Leave it out.",
};

/**
 * A request for a response as one for a chat completion.
 *
 * Metadata is not sent on: providers take it only with what they store, and it is in the response. Of a field that both
 * wires have, or that neither is known to have, the client's value stays.
 *
 * @param kept what the request names instead of holding it
 * @throws {InvalidInputError} for what is not served, and for tools that run at OpenAI
 * @throws {AppError} `not_found` an item that is named is not in `kept`
 */
export function toChatRequest(request: ResponsesRequest, kept: Kept = nothingKept): ChatRequest {
  refuseUnserved(request);
  const { text, reasoning } = request;
  return {
    ...sharedFields(request),
    model: request.model,
    messages: toMessages(request, kept),
    ...(request.stream ? { stream: true, stream_options: { include_usage: true } } : {}),
    ...given("max_completion_tokens", request.max_output_tokens),
    ...given("reasoning_effort", reasoning?.effort),
    ...given("verbosity", text?.verbosity),
    ...given("response_format", toResponseFormat(text?.format)),
    ...logprobFields(request),
    ...toToolFields(request),
  };
}

/**
 * A request made of one for a response, as one model takes it: other servers than OpenAI's mostly know neither its
 * newer name for the limit of tokens nor developers.
 */
export function forModel(request: ChatRequest, { provider }: Pick<ServedModel, "provider">): ChatRequest {
  if (provider === "openai") return request;
  const { max_completion_tokens: most, messages, ...rest } = request;
  return {
    ...rest,
    messages: messages.map((message) => (message.role === "developer" ? { ...message, role: "system" } : message)),
    ...given("max_tokens", most),
  };
}

function refuseUnserved(request: ResponsesRequest): void {
  for (const [field, why] of Object.entries(unserved)) {
    const value = request[field];
    if (value === undefined || value === null || value === false) continue;
    throw new InvalidInputError(`${field} is not served: ${why}`, field);
  }
}

/** Fields of this wire alone, which are read above or mean nothing here, and those that would make several answers. */
const ownFields = new Set([
  ...Object.keys(unserved),
  "messages",
  "n",
  "access_programs",
  "context_management",
  "image",
  "include",
  "input",
  "instructions",
  "max_output_tokens",
  "max_tool_calls",
  "metadata",
  "parallel_tool_calls",
  "previous_response_id",
  "prompt_cache_options",
  "reasoning",
  "store",
  "stream",
  "stream_options",
  "text",
  "tool_choice",
  "tools",
  "top_logprobs",
  "truncation",
]);

function sharedFields(request: ResponsesRequest): Record<string, unknown> {
  const shared = Object.entries(request).filter(([field, value]) => !ownFields.has(field) && value !== null);
  return Object.fromEntries(shared);
}

function toResponseFormat(format: TextFormat | null | undefined): Record<string, unknown> | null {
  if (!format || format.type === "text") return null;
  if (format.type === "json_object") return { type: "json_object" };
  const { name, schema, description, strict } = format;
  return {
    type: "json_schema",
    json_schema: { name, ...given("description", description), schema, ...given("strict", strict) },
  };
}

function logprobFields({ include, top_logprobs: top }: ResponsesRequest): Record<string, unknown> {
  const isAsked = (include ?? []).includes("message.output_text.logprobs") || (top ?? 0) > 0;
  return isAsked ? { logprobs: true, ...given("top_logprobs", top) } : {};
}

function given(field: string, value: unknown): Record<string, unknown> {
  return value === null || value === undefined ? {} : { [field]: value };
}
