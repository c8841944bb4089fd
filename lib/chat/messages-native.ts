import { AppError } from "@/lib/errors";
import type { Endpoint } from "@/lib/models/catalogue";
import { AnthropicMessage, anthropicText, readAnthropicUsage } from "./anthropic";
import { anthropicVersion } from "./anthropic-engine";
import type { NativeRequest } from "./client-wire";
import type { EngineCall, Piece } from "./engine";
import type { CountTokensRequest, MessagesBlock, MessagesContent, MessagesRequest } from "./messages-schemas";
import { requireEventStream } from "./openai-engine";
import { latin1 } from "./openai-tap";
import { proxyPieces } from "./proxy-usage";
import type { ChatMessage } from "./schemas";
import { askUpstream, readUpstream, streamUpstream, type UpstreamResponse } from "./upstream";

/** Most places of a request that Anthropic lets be marked for its prompt cache. */
const maxBreakpoints = 4;

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
  { model, persona }: Pick<EngineCall, "model" | "persona">,
  expanded: ReadonlyMap<string, string>,
): T {
  const turns = body.messages.map((turn) => ({
    ...turn,
    content: expandedContent(withoutForeignThoughts(turn.content), expanded),
  }));
  const own = body.system ? expandedContent(body.system, expanded) : body.system;
  const system = persona === null ? own : withSystemPersona(own ?? "", persona, mayBeMarked(body));
  return { ...body, model: model.upstreamId, messages: turns, ...(system === undefined ? {} : { system }) };
}

/** A client that writes blocks gets a block; otherwise the prompt stays one text. */
function withSystemPersona(system: MessagesContent, persona: string, isMarked: boolean): MessagesContent {
  if (typeof system === "string" && !isMarked) return system === "" ? persona : `${persona}\n\n${system}`;
  const mark = isMarked ? { cache_control: { type: "ephemeral" } } : {};
  const own = typeof system === "string" ? textBlocks(system) : system;
  return [{ type: "text", text: persona, ...mark }, ...own];
}

/** Anthropic refuses empty blocks. */
function textBlocks(text: string): MessagesBlock[] {
  return text === "" ? [] : [{ type: "text", text }];
}

/**
 * Whether the persona may be marked for the prompt cache: by a client that uses the cache and has a mark left. Marks
 * for an hour must not follow one for five minutes, so that a client who sets them keeps its own alone.
 */
function mayBeMarked({ system, messages, tools, ...rest }: CountTokensRequest): boolean {
  const marks = cacheMarks([system, messages, tools, { cache_control: rest["cache_control"] }]);
  return marks.length > 0 && marks.length < maxBreakpoints && !marks.some((mark) => mark["ttl"] === "1h");
}

function cacheMarks(value: unknown): Record<string, unknown>[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(cacheMarks);
  const { cache_control: mark, content } = value as Record<string, unknown>;
  const inner = typeof content === "object" ? cacheMarks(content) : [];
  return typeof mark === "object" && mark !== null ? [mark as Record<string, unknown>, ...inner] : inner;
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
