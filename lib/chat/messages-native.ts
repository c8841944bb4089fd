import { AppError } from "@/lib/errors";
import { parseJson } from "@/lib/json";
import type { Endpoint } from "@/lib/models/catalogue";
import { AnthropicMessage, anthropicText, readAnthropicUsage } from "./anthropic";
import { cachedSystem, hasMarkLeft } from "./anthropic-cache";
import { anthropicVersion } from "./anthropic-engine";
import type { NativeRequest } from "./client-wire";
import type { EngineCall, Piece } from "./engine";
import type { CountTokensRequest, MessagesBlock, MessagesContent, MessagesRequest } from "./messages-schemas";
import { requireEventStream } from "./openai-engine";
import { latin1 } from "./openai-tap";
import { proxyPieces } from "./proxy-usage";
import type { ChatMessage } from "./schemas";
import { askUpstream, readUpstream, streamUpstream, type UpstreamResponse } from "./upstream";

/** Headers of the client that belong to Anthropic's wire. */
const wireHeaders = ["anthropic-version", "anthropic-beta"];

/**
 * An Anthropic request for one of Anthropic's models: it goes as it came, but for the model's name and the system
 * prompt, and the answer comes back byte by byte.
 *
 * @param before the request's messages as they were before their templates were expanded
 */
export function nativeMessages(body: MessagesRequest, headers: Headers, before: readonly ChatMessage[]): NativeRequest {
  const ask = (call: EngineCall) => {
    const sent = JSON.stringify(toNativeBody(body, call, expansions(before, call.said)));
    return askUpstream(call.model.endpoint, "/messages", sent, call.signal, nativeHeaders(headers));
  };
  return {
    wire: "anthropic",
    body,
    engine: {
      async plain(call) {
        const { endpoint } = call.model;
        const bytes = await readUpstream(endpoint, await ask(call), call.signal);
        const message = AnthropicMessage.safeParse(parseJson(new TextDecoder().decode(bytes)));
        if (!message.success) {
          throw new AppError("upstream_failed", `${endpoint.label} sent something that is not a message.`);
        }
        return { body: bytes, text: anthropicText(message.data), usage: readAnthropicUsage(message.data.usage) };
      },
      async stream(call) {
        return nativePieces(call, await ask(call));
      },
    },
  };
}

/** What of the client's headers goes to Anthropic. */
export function nativeHeaders(headers: Headers): Record<string, string> {
  const told = wireHeaders.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { "anthropic-version": anthropicVersion, ...Object.fromEntries(told) };
}

async function* nativePieces({ model, signal }: EngineCall, response: UpstreamResponse): AsyncGenerator<Piece> {
  const { endpoint } = model;
  requireEventStream(endpoint, response);
  let isOver = false;
  for await (const piece of proxyPieces("anthropic", streamUpstream(endpoint, response, signal), true)) {
    const text = piece.bytes === null ? "" : latin1(piece.bytes);
    // half an event must not reach the client, who would read the next into it
    if (piece.isEnd !== true && text !== "" && !/(?:\n\n|\r\r|\n\r\n)$/.test(text)) break;
    // an error event is Anthropic's own word on why there is no more
    isOver ||= piece.isEnd === true || /(?:^|[\r\n])event: ?error[\r\n]/.test(text);
    yield piece;
  }
  if (!isOver) throw brokenOff(endpoint);
}

function brokenOff({ label }: Endpoint): AppError {
  return new AppError("upstream_failed", `${label} ended the stream in the middle of the answer.`);
}

/** The client's body with the model's name, the persona ahead of its system prompt, and its templates expanded. */
export function toNativeBody<T extends CountTokensRequest>(
  body: T,
  { model, persona, lastingPersona }: Pick<EngineCall, "model" | "persona" | "lastingPersona">,
  expanded: ReadonlyMap<string, string>,
): T {
  const turns = body.messages.map((turn) => ({
    ...turn,
    content: expandedContent(withoutForeignThoughts(turn.content), expanded),
  }));
  const own = body.system ? expandedContent(body.system, expanded) : body.system;
  const { tools, cache_control } = { cache_control: null, ...body };
  const isMarked = persona !== null && hasMarkLeft([body.system, body.messages, tools, { cache_control }]);
  const kept = persona !== null && isMarked ? cachedSystem(persona, lastingPersona()) : persona;
  const system = kept === null ? own : withSystemPersona(own ?? "", kept);
  return { ...body, model: model.upstreamId, messages: turns, ...(system === undefined ? {} : { system }) };
}

/** One text where both are texts, else blocks. */
function withSystemPersona(own: MessagesContent, persona: MessagesContent): MessagesContent {
  if (typeof own === "string" && typeof persona === "string") return own === "" ? persona : `${persona}\n\n${own}`;
  return [...toBlocks(persona), ...toBlocks(own)];
}

/** Anthropic refuses empty blocks. */
function toBlocks(content: MessagesContent): MessagesBlock[] {
  if (typeof content !== "string") return content;
  return content === "" ? [] : [{ type: "text", text: content }];
}

/** Texts that hold templates, with what became of them. Both lists are of the same messages. */
export function expansions(before: readonly ChatMessage[], after: readonly ChatMessage[]): Map<string, string> {
  const found = new Map<string, string>();
  before.forEach((message, index) => {
    const changed = after[index];
    if (changed === undefined || changed === message) return;
    const texts = textsOf(changed);
    textsOf(message).forEach((text, at) => {
      const replaced = texts[at];
      if (replaced !== undefined && replaced !== text) found.set(text, replaced);
    });
  });
  return found;
}

function textsOf({ content }: ChatMessage): string[] {
  return typeof content === "string" ? [content] : (content ?? []).map((part) => part.text ?? "");
}

/** What another model thought earlier in the conversation bears no signature, and Anthropic takes no thought without. */
function withoutForeignThoughts(content: MessagesContent): MessagesContent {
  const isForeign = (block: MessagesBlock) => block.type === "thinking" && block["signature"] === "";
  return typeof content === "string" || !content.some(isForeign) ? content : content.filter((one) => !isForeign(one));
}

function expandedContent(content: MessagesContent, expanded: ReadonlyMap<string, string>): MessagesContent {
  if (typeof content === "string") return expanded.get(content) ?? content;
  if (expanded.size === 0) return content;
  return content.map((block) => {
    const text = block.type === "text" ? expanded.get(String(block["text"])) : undefined;
    return text === undefined ? block : { ...block, text };
  });
}
