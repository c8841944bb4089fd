import type { TokenUsage } from "@/lib/billing/prices";
import { isJsonObject, parseJson } from "@/lib/json";
import { AnthropicEvent, anthropicEventText, AnthropicMessage, anthropicText, readAnthropicUsage } from "./anthropic";
import type { Piece } from "./engine";
import { readOpenAiUsage } from "./openai";
import { generatedText } from "./openai-generated";
import { latin1, tapOpenAi } from "./openai-tap";
import type { ProxiedProvider } from "./proxy";
import { eventsIn, SseCutter } from "./sse-events";
import { UnreadPiece } from "./unread-piece";

/** What a provider's whole answer used; null when it is no answer, but an error or a page of whoever stands between. */
export function readProxyAnswer(
  provider: ProxiedProvider,
  bytes: Uint8Array,
): { usage: TokenUsage | null; text: string } | null {
  const json = parseJson(new TextDecoder().decode(bytes));
  if (!isJsonObject(json)) return null;
  if (provider === "anthropic") {
    const message = AnthropicMessage.safeParse(json);
    if (message.success) return { usage: readAnthropicUsage(json["usage"]), text: anthropicText(message.data) };
  } else if (Array.isArray(json["choices"])) {
    return { usage: readOpenAiUsage(json["usage"]), text: generatedText(json) };
  }
  // a shape that is not known yet is believed when it says what it cost
  const usage = provider === "anthropic" ? readAnthropicUsage(json["usage"]) : readOpenAiUsage(json["usage"]);
  return usage === null ? null : { usage, text: "" };
}

/** A provider's stream as it comes, errors included, with what is read along the way. */
export function proxyPieces(
  provider: ProxiedProvider,
  source: AsyncIterable<Uint8Array>,
  asksForUsage: boolean,
): AsyncGenerator<Piece> {
  if (provider === "anthropic") return anthropicPieces(source);
  const nothing = () => undefined;
  return tapOpenAi(source, { asksForUsage, check: nothing, unmarkedEnd: nothing });
}

async function* anthropicPieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Piece> {
  const cutter = new SseCutter();
  let usage: TokenUsage | null = null;
  function* read(run: Uint8Array): Generator<Piece> {
    for (const { bytes, data } of eventsIn(run)) {
      const event = readAnthropicEvent(data === null ? null : parseJson(data), usage);
      ({ usage } = event);
      yield { bytes, text: event.text, isEnd: event.isEnd, ...(usage === null ? {} : { usage }) };
    }
  }
  for await (const chunk of source) {
    const run = cutter.push(chunk);
    if (run === null) continue;
    if (isOrdinary(run)) {
      yield new UnreadPiece(run, joinedText);
      continue;
    }
    for (const piece of read(run)) {
      yield piece;
      if (piece.isEnd) return;
    }
  }
  const rest = cutter.rest();
  if (rest !== null) yield* read(rest);
}

/** Keys and types that say more than what was generated; inside of a text their quotes would be escaped. */
const telling = /"usage"|"message_stop"|"server_tool_use"/;

/** Whether a run only adds to the answer. */
function isOrdinary(run: Uint8Array): boolean {
  const text = latin1(run);
  return text.includes("content_block_delta") && !telling.test(text);
}

function joinedText(run: Uint8Array): string[] {
  const texts = eventsIn(run).map(({ data }) => (data === null ? "" : readAnthropicEvent(parseJson(data), null).text));
  return [texts.join("")];
}

/** What one event of the Messages API tells, `before` being the usage that was told so far. */
function readAnthropicEvent(
  json: unknown,
  before: TokenUsage | null,
): { usage: TokenUsage | null; text: string; isEnd: boolean } {
  const event = AnthropicEvent.safeParse(json);
  if (!event.success) return { usage: before, text: "", isEnd: false };
  const usage = readAnthropicUsage(event.data.message?.usage ?? event.data.usage, before);
  // the start tells one token of output, which is no count of what will have been written when the client leaves
  const isStart = event.data.type === "message_start" && usage !== null;
  return {
    usage: isStart ? { ...usage, output: 0 } : withSearch(usage, event.data),
    text: anthropicEventText(event.data),
    isEnd: event.data.type === "message_stop",
  };
}

/** A search is counted as it begins, in case nobody comes to tell how many there were. */
function withSearch(usage: TokenUsage | null, { content_block: block }: AnthropicEvent): TokenUsage | null {
  if (usage === null || block?.type !== "server_tool_use" || block.name !== "web_search") return usage;
  return { ...usage, searches: (usage.searches ?? 0) + 1 };
}
