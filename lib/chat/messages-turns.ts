import { z } from "zod";
import type { MessagesBlock, MessagesContent, MessagesTurn } from "./messages-schemas";
import type { ChatMessage, ContentPart } from "./schemas";

/** Notes a part of a request that only Anthropic's models take. @param place path of the field */
export type Refuse = (place: string, what: string) => void;

/**
 * One turn of Anthropic's as chat messages: results of tools become messages of their own, ahead of what else the user
 * said; calls stand in the assistant's message; thinking is left out, since no other model takes it back.
 *
 * Texts are never joined or cut, so that each can be found again in the turn it came from.
 */
export function toChatMessages({ role, content }: MessagesTurn, place: string, refuse: Refuse): ChatMessage[] {
  if (typeof content === "string") return [{ role, content }];
  if (role === "system") return [systemMessage(content)];
  if (role === "assistant") return assistantMessage(content, place, refuse);
  return userMessages(content, place, refuse);
}

export function systemMessage(content: MessagesContent): ChatMessage {
  if (typeof content === "string") return { role: "system", content };
  return { role: "system", content: withoutParts(content.flatMap(textPart)) };
}

const thought = new Set(["thinking", "redacted_thinking"]);
const ToolUse = z.looseObject({ id: z.string(), name: z.string(), input: z.unknown() });

function assistantMessage(blocks: MessagesBlock[], place: string, refuse: Refuse): ChatMessage[] {
  const texts = blocks.flatMap(textPart);
  const calls = blocks.flatMap((block, index) => {
    if (block.type === "text" || thought.has(block.type)) return [];
    const use = block.type === "tool_use" ? ToolUse.safeParse(block).data : undefined;
    if (use === undefined) refuse(`${place}.content.${index}`, `a block of type ${block.type}`);
    return use === undefined ? [] : [toolCall(use)];
  });
  if (texts.length === 0 && calls.length === 0) return [];
  const content = texts.length === 0 ? null : withoutParts(texts);
  return [{ role: "assistant", content, ...(calls.length === 0 ? {} : { tool_calls: calls }) }];
}

function toolCall({ id, name, input }: z.infer<typeof ToolUse>) {
  return { id, type: "function", function: { name, arguments: JSON.stringify(input ?? {}) } };
}

const ToolResult = z.looseObject({
  tool_use_id: z.string(),
  content: z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]).nullish(),
  is_error: z.boolean().nullish(),
});

function userMessages(blocks: MessagesBlock[], place: string, refuse: Refuse): ChatMessage[] {
  const results: ChatMessage[] = [];
  const parts: ContentPart[] = [];
  blocks.forEach((block, index) => {
    const where = `${place}.content.${index}`;
    const result = block.type === "tool_result" ? ToolResult.safeParse(block).data : undefined;
    if (result === undefined) return void parts.push(...toParts(block, where, refuse));
    const inner = typeof result.content === "string" ? [textOf(result.content)] : (result.content ?? []);
    const told = inner.flatMap((one, at) => toParts(one, `${where}.content.${at}`, refuse));
    const text = told.flatMap((part) => (part.type === "text" ? [part.text ?? ""] : [])).join("\n");
    results.push({ role: "tool", tool_call_id: result.tool_use_id, content: marked(text, result.is_error === true) });
    const media = told.filter((part) => part.type !== "text");
    // a tool's message holds text alone on OpenAI's wire, so its images follow in the user's
    if (media.length > 0) parts.push(textOf(`What the call ${result.tool_use_id} gave back:`), ...media);
  });
  return parts.length === 0 ? results : [...results, { role: "user", content: withoutParts(parts) }];
}

/** OpenAI's wire has no mark for a failed call but its words. */
function marked(text: string, isError: boolean): string {
  return isError && !/^\s*error\b/i.test(text) ? `Error: ${text}` : text;
}

const Source = z.looseObject({
  type: z.string(),
  media_type: z.string().nullish(),
  data: z.string().nullish(),
  url: z.string().nullish(),
  content: z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]).nullish(),
});

function toParts(block: MessagesBlock, place: string, refuse: Refuse): ContentPart[] {
  switch (block.type) {
    case "text":
      return textPart(block);
    case "image":
      return imageParts(block, place, refuse);
    case "document":
      return documentParts(block, place, refuse);
    case "search_result":
      return searchResultParts(block, place, refuse);
    default:
      refuse(place, `a block of type ${block.type}`);
      return [];
  }
}

function imageParts(block: MessagesBlock, place: string, refuse: Refuse): ContentPart[] {
  const source = Source.safeParse(block["source"]).data;
  if (source?.type === "base64") return [{ type: "image_url", image_url: { url: dataUrl(source, "image/png") } }];
  if (source?.type === "url" && source.url) return [{ type: "image_url", image_url: { url: source.url } }];
  refuse(`${place}.source`, `an image whose source is ${source?.type ?? "not told"}`);
  return [];
}

function documentParts(block: MessagesBlock, place: string, refuse: Refuse): ContentPart[] {
  const source = Source.safeParse(block["source"]).data;
  const title = typeof block["title"] === "string" && block["title"] !== "" ? block["title"] : null;
  const heading = title === null ? [] : [textOf(`Document: ${title}`)];
  if (source?.type === "text") return [...heading, textOf(source.data ?? "")];
  if (source?.type === "content") {
    const inner = typeof source.content === "string" ? [textOf(source.content)] : (source.content ?? []);
    return [...heading, ...inner.flatMap((one, at) => toParts(one, `${place}.source.content.${at}`, refuse))];
  }
  if (source?.type === "base64") {
    const file = { filename: title ?? "document.pdf", file_data: dataUrl(source, "application/pdf") };
    return [{ type: "file", file }];
  }
  refuse(`${place}.source`, `a document whose source is ${source?.type ?? "not told"}`);
  return [];
}

function searchResultParts(block: MessagesBlock, place: string, refuse: Refuse): ContentPart[] {
  const inner = z.array(z.looseObject({ type: z.string() })).safeParse(block["content"]).data ?? [];
  const named = [block["title"], block["source"]].filter((one) => typeof one === "string" && one !== "");
  const heading = named.length === 0 ? [] : [textOf(`Search result: ${named.join(", ")}`)];
  return [...heading, ...inner.flatMap((one, at) => toParts(one, `${place}.content.${at}`, refuse))];
}

function dataUrl({ media_type, data }: z.infer<typeof Source>, usual: string): string {
  return `data:${media_type ?? usual};base64,${data ?? ""}`;
}

function textPart(block: MessagesBlock): ContentPart[] {
  return block.type === "text" && typeof block["text"] === "string" ? [textOf(block["text"])] : [];
}

function textOf(text: string): ContentPart {
  return { type: "text", text };
}

/** One text alone is written as text: some servers know no other content. */
function withoutParts(parts: ContentPart[]): string | ContentPart[] {
  const [first, ...others] = parts;
  return others.length === 0 && first?.type === "text" ? (first.text ?? "") : parts;
}
