import type { TokenUsage } from "@/lib/billing/prices";
import { AnthropicEvent, anthropicEventText, AnthropicMessage, anthropicText, readAnthropicUsage } from "./anthropic";
import type { Piece } from "./engine";
import { generatedText, isUsageChunk, OpenAiAnswer, readOpenAiUsage } from "./openai";
import type { ProxiedProvider } from "./proxy";
import { splitSseEvents } from "./sse-events";

/** What a provider's whole answer used; an answer that cannot be read is counted as the text it is. */
export function readProxyAnswer(
  provider: ProxiedProvider,
  bytes: Uint8Array,
): { usage: TokenUsage | null; text: string } {
  const body = new TextDecoder().decode(bytes);
  const json = parseJson(body);
  if (provider === "anthropic") {
    const message = AnthropicMessage.safeParse(json);
    return message.success
      ? { usage: readAnthropicUsage(message.data.usage), text: anthropicText(message.data) }
      : { usage: null, text: body };
  }
  const answer = OpenAiAnswer.safeParse(json);
  return answer.success
    ? { usage: readOpenAiUsage(answer.data.usage), text: generatedText(answer.data) }
    : { usage: null, text: body };
}

/** A provider's stream as it comes, errors included, with what is read along the way. */
export async function* proxyPieces(
  provider: ProxiedProvider,
  source: AsyncIterable<Uint8Array>,
  asksForUsage: boolean,
): AsyncGenerator<Piece> {
  let usage: TokenUsage | null = null;
  for await (const { bytes, data } of splitSseEvents(source)) {
    const json = data === null || data === "[DONE]" ? null : parseJson(data);
    if (provider === "anthropic") {
      const read = readAnthropicEvent(json, usage);
      usage = read.usage;
      yield { bytes, text: read.text, isEnd: read.isEnd, ...(usage === null ? {} : { usage }) };
      continue;
    }
    const answer = OpenAiAnswer.safeParse(json);
    if (!answer.success) {
      yield { bytes, text: "", isEnd: data === "[DONE]" };
      continue;
    }
    usage = readOpenAiUsage(answer.data.usage) ?? usage;
    const isHidden = !asksForUsage && isUsageChunk(answer.data);
    yield { bytes: isHidden ? null : bytes, text: generatedText(answer.data), ...(usage === null ? {} : { usage }) };
  }
}

/** What one event of the Messages API tells, `before` being the usage that was told so far. */
export function readAnthropicEvent(
  json: unknown,
  before: TokenUsage | null,
): { usage: TokenUsage | null; text: string; isEnd: boolean } {
  const event = AnthropicEvent.safeParse(json);
  if (!event.success) return { usage: before, text: "", isEnd: false };
  const usage = readAnthropicUsage(event.data.message?.usage ?? event.data.usage, before);
  // the start tells one token of output, which is no count of what will have been written when the client leaves
  const isStart = event.data.type === "message_start" && usage !== null;
  return {
    usage: isStart ? { ...usage, output: 0 } : usage,
    text: anthropicEventText(event.data),
    isEnd: event.data.type === "message_stop",
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
