import { z } from "zod";
import type { TokenUsage } from "@/lib/billing/prices";
import type { ServedModel } from "@/lib/models/catalogue";
import type { ChatRequest } from "./schemas";

/** No call has more tokens than this: a provider that says so is not believed. */
const maxPlausibleTokens = 20_000_000;
const Tokens = z.int().min(0).max(maxPlausibleTokens);

const OpenAiUsage = z.looseObject({
  prompt_tokens: Tokens,
  completion_tokens: Tokens.default(0),
  // where these cannot be, all of it is taken for ordinary input
  prompt_tokens_details: z
    .looseObject({ cached_tokens: Tokens.nullish(), cache_write_tokens: Tokens.nullish() })
    .nullish()
    .catch(null),
});

/** The body for an OpenAI-wire model: the client's own, but for the model's name and the asking for usage. */
export function toOpenAiBody(request: ChatRequest, model: ServedModel): Record<string, unknown> {
  const body: Record<string, unknown> = { ...request, model: model.upstreamId };
  if (request.stream) body["stream_options"] = { ...request.stream_options, include_usage: true };
  return body;
}

/** OpenAI's `usage` as ours; null when it is missing or cannot be true. */
export function readOpenAiUsage(value: unknown): TokenUsage | null {
  if (typeof value !== "object" || value === null) return null;
  const parsed = OpenAiUsage.safeParse(value);
  if (!parsed.success) return null;
  const { prompt_tokens, completion_tokens, prompt_tokens_details } = parsed.data;
  const cachedInput = Math.min(prompt_tokens, prompt_tokens_details?.cached_tokens ?? 0);
  const cacheWrite = Math.min(prompt_tokens - cachedInput, prompt_tokens_details?.cache_write_tokens ?? 0);
  return { input: prompt_tokens - cachedInput - cacheWrite, output: completion_tokens, cachedInput, cacheWrite };
}

/** Ours as OpenAI's `usage`. */
function toOpenAiUsage(usage: TokenUsage): Record<string, unknown> {
  const cached = usage.cachedInput ?? 0;
  const prompt = usage.input + cached + (usage.cacheWrite ?? 0) + (usage.cacheWriteLong ?? 0);
  return {
    prompt_tokens: prompt,
    completion_tokens: usage.output,
    total_tokens: prompt + usage.output,
    prompt_tokens_details: { cached_tokens: cached },
  };
}

type Delta = { role?: "assistant"; content?: string | null; refusal?: string; tool_calls?: unknown[] };

/** What all chunks of one answer have in common. */
export type ChunkHead = { id: string; created: number; model: string; system_fingerprint?: string };

/** One chunk of a streamed answer that Faces writes itself. */
export function toChunk(head: ChunkHead, delta: Delta, finishReason: string | null = null): Record<string, unknown> {
  const choice = { index: 0, delta, logprobs: null, finish_reason: finishReason };
  return { ...headOf(head, "chat.completion.chunk"), choices: [choice] };
}

/** The last chunk of an answer whose client asked for usage. */
export function toUsageChunk(head: ChunkHead, usage: TokenUsage): Record<string, unknown> {
  return { ...headOf(head, "chat.completion.chunk"), choices: [], usage: toOpenAiUsage(usage) };
}

/** A whole answer that Faces writes itself. */
export function toCompletion(
  head: ChunkHead,
  message: { content: string | null; refusal?: string | null; tool_calls?: unknown[] },
  finishReason: string,
  usage: TokenUsage,
): Record<string, unknown> {
  const said = { role: "assistant", refusal: null, ...message };
  const choice = { index: 0, message: said, logprobs: null, finish_reason: finishReason };
  return { ...headOf(head, "chat.completion"), choices: [choice], usage: toOpenAiUsage(usage) };
}

function headOf({ id, created, model, system_fingerprint }: ChunkHead, object: string): Record<string, unknown> {
  return { id, object, created, model, ...(system_fingerprint === undefined ? {} : { system_fingerprint }) };
}
