import { z } from "zod";
import { InvalidInputError } from "@/lib/errors";
import { type ChatMessage, type ContentPart, messageText } from "./schemas";

export type Block = Record<string, unknown> & { type: string };
export type Turn = { role: "user" | "assistant"; content: Block[] };

/**
 * Chat messages as Anthropic's turns: neighbours of one role are joined, so that all results of parallel calls stand
 * in one turn, ahead of what the user says.
 *
 * @throws {InvalidInputError} for what these models do not take: audio, files by id, calls that are no JSON
 */
export function toTurns(messages: readonly ChatMessage[]): Turn[] {
  const turns: Turn[] = [];
  messages.forEach((message, index) => {
    if (isSystem(message)) return;
    const { role, content } = toTurn(message, index);
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...content);
    else if (content.length > 0) turns.push({ role, content });
  });
  return turns.map(withResultsFirst).map(withoutTrailingSpace);
}

export function isSystem({ role }: ChatMessage): boolean {
  return role === "system" || role === "developer";
}

/** Anthropic refuses a turn in which a result of a tool follows anything else. */
function withResultsFirst(turn: Turn): Turn {
  const isResult = ({ type }: Block) => type === "tool_result";
  if (!turn.content.some(isResult)) return turn;
  return { ...turn, content: [...turn.content.filter(isResult), ...turn.content.filter((block) => !isResult(block))] };
}

/** Nor does it continue an answer that ends in white space. */
function withoutTrailingSpace(turn: Turn, index: number, turns: Turn[]): Turn {
  const last = turn.content.at(-1);
  if (index !== turns.length - 1 || turn.role !== "assistant" || last?.type !== "text") return turn;
  const text = String(last["text"]).trimEnd();
  return { ...turn, content: [...turn.content.slice(0, -1), ...(text === "" ? [] : [{ ...last, text }])] };
}

function toTurn(message: ChatMessage, index: number): Turn {
  switch (message.role) {
    case "tool":
    case "function":
      return { role: "user", content: [toolResult(message, index)] };
    case "assistant":
      return { role: "assistant", content: [...contentBlocks(message, index), ...toolUses(message, index)] };
    default:
      return { role: "user", content: contentBlocks(message, index) };
  }
}

function toolResult(message: ChatMessage, index: number): Block {
  const id = String(message["tool_call_id"] ?? message["name"] ?? "");
  const hasMedia = Array.isArray(message.content) && message.content.some(({ type }) => type !== "text");
  const content = hasMedia ? contentBlocks(message, index) : messageText(message);
  return { type: "tool_result", tool_use_id: toolUseId(id), content };
}

/** Anthropic's ids hold these characters only. */
function toolUseId(id: string): string {
  return id.replace(/[^\w-]/g, "_");
}

function contentBlocks({ content }: ChatMessage, index: number): Block[] {
  const parts = typeof content === "string" ? [{ type: "text", text: content }] : (content ?? []);
  // Anthropic refuses empty text
  return parts
    .map((part) => contentBlock(part, index))
    .filter((block) => block.type !== "text" || block["text"] !== "");
}

const ImagePart = z.looseObject({ image_url: z.looseObject({ url: z.string() }) });
const FilePart = z.looseObject({ file: z.looseObject({ file_data: z.string(), filename: z.string().nullish() }) });

function contentBlock(part: ContentPart, index: number): Block {
  const place = `messages.${index}.content`;
  switch (part.type) {
    case "text":
      return { type: "text", text: part.text ?? "" };
    case "refusal":
      return { type: "text", text: String(part["refusal"] ?? "") };
    case "image_url": {
      const image = ImagePart.safeParse(part);
      if (!image.success) throw new InvalidInputError(`${place}: image_url.url is missing.`, place);
      return { type: "image", source: toSource(image.data.image_url.url) };
    }
    case "file": {
      const file = FilePart.safeParse(part);
      if (!file.success) throw new InvalidInputError(`${place}: Anthropic models take files as file_data only.`, place);
      const { file_data, filename } = file.data.file;
      return { type: "document", source: toSource(file_data), ...(filename ? { title: filename } : {}) };
    }
    default:
      throw new InvalidInputError(`${place}: Anthropic models do not take ${part.type}.`, place);
  }
}

function toSource(url: string): Record<string, unknown> {
  const encoded = /^data:([^;,]+)[^,]*;base64,(.*)$/s.exec(url);
  if (encoded === null) return { type: "url", url };
  return { type: "base64", media_type: encoded[1], data: encoded[2] };
}

const ToolCalls = z.array(
  z.looseObject({ id: z.string(), function: z.looseObject({ name: z.string(), arguments: z.string().nullish() }) }),
);

function toolUses(message: ChatMessage, index: number): Block[] {
  if (message["tool_calls"] === undefined || message["tool_calls"] === null) return [];
  const place = `messages.${index}.tool_calls`;
  const calls = ToolCalls.safeParse(message["tool_calls"]);
  if (!calls.success) throw new InvalidInputError(`${place}: is not a list of function calls.`, place);
  return calls.data.map((call) => ({
    type: "tool_use",
    id: toolUseId(call.id),
    name: call.function.name,
    input: parseArguments(call.function.arguments ?? "", place),
  }));
}

function parseArguments(text: string, place: string): unknown {
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidInputError(`${place}: the arguments of a function call are not JSON.`, place);
  }
}
