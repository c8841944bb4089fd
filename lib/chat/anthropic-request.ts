import { z } from "zod";
import { InvalidInputError } from "@/lib/errors";
import type { ServedModel } from "@/lib/models/catalogue";
import { askedOutputTokens, type ChatMessage, type ChatRequest, type ContentPart, messageText } from "./schemas";

type Block = Record<string, unknown> & { type: string };
type Turn = { role: "user" | "assistant"; content: Block[] };

const FunctionTool = z.looseObject({
  type: z.literal("function"),
  function: z.looseObject({
    name: z.string(),
    description: z.string().nullish(),
    parameters: z.looseObject({}).nullish(),
    strict: z.boolean().nullish(),
  }),
});
const ToolChoice = z.union([
  z.enum(["none", "auto", "required"]),
  z.looseObject({ type: z.literal("function"), function: z.looseObject({ name: z.string() }) }),
]);
const ResponseFormat = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("text") }),
  z.looseObject({ type: z.literal("json_object") }),
  z.looseObject({
    type: z.literal("json_schema"),
    json_schema: z.looseObject({ schema: z.looseObject({}).nullish() }),
  }),
]);

/** The fields of OpenAI's request that have a counterpart and are read here. */
const Options = z.looseObject({
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  tools: z.array(FunctionTool).nullish(),
  tool_choice: ToolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  response_format: ResponseFormat.nullish(),
  user: z.string().nullish(),
});
type Options = z.infer<typeof Options>;

const ToolCalls = z.array(
  z.looseObject({ id: z.string(), function: z.looseObject({ name: z.string(), arguments: z.string().nullish() }) }),
);

/** What Anthropic requires and OpenAI's clients may leave out. */
const defaultMaxTokens = 4_096;

/**
 * An OpenAI request as Anthropic's Messages API takes it.
 *
 * System and developer messages become `system`, tool messages `tool_result` blocks, turns of one role are joined.
 * Fields without a counterpart (seed, penalties, logit_bias …) are left out.
 *
 * @throws {InvalidInputError} for what cannot be had from these models: several answers, logprobs, audio
 */
export function toAnthropicRequest(request: ChatRequest, model: ServedModel): Record<string, unknown> {
  const options = readOptions(request);
  const system = request.messages.filter(isSystem).map(messageText);
  if (options.response_format?.type === "json_object") system.push("Answer with one JSON object and nothing else.");
  const maxTokens = Math.min(askedOutputTokens(request) ?? defaultMaxTokens, model.maxOutputTokens);
  return {
    model: model.upstreamId,
    max_tokens: maxTokens,
    ...present("system", system.filter((text) => text !== "").join("\n\n") || null),
    messages: toTurns(request.messages),
    ...present(
      "temperature",
      options.temperature === undefined || options.temperature === null ? null : Math.min(1, options.temperature),
    ),
    ...present("top_p", options.top_p),
    ...present("stop_sequences", stopSequences(options.stop)),
    ...toolFields(options),
    ...present("output_config", outputConfig(options)),
    ...present("metadata", options.user ? { user_id: options.user } : null),
    ...(request.stream ? { stream: true } : {}),
  };
}

function readOptions(request: ChatRequest): Options {
  const parsed = Options.safeParse(request);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue?.path.join(".") ?? "";
    throw new InvalidInputError(`${path}: ${issue?.message ?? "is not valid"} (for an Anthropic model).`, path);
  }
  if ((request.n ?? 1) > 1)
    throw new InvalidInputError("Anthropic models give one answer at a time: n must be 1.", "n");
  if (parsed.data["logprobs"] === true)
    throw new InvalidInputError("Anthropic models do not tell logprobs.", "logprobs");
  return parsed.data;
}

function isSystem({ role }: ChatMessage): boolean {
  return role === "system" || role === "developer";
}

function toTurns(messages: readonly ChatMessage[]): Turn[] {
  const turns: Turn[] = [];
  messages.forEach((message, index) => {
    if (isSystem(message)) return;
    const turn = toTurn(message, index);
    const last = turns.at(-1);
    if (last?.role === turn.role) last.content.push(...turn.content);
    else if (turn.content.length > 0) turns.push(turn);
  });
  return turns;
}

function toTurn(message: ChatMessage, index: number): Turn {
  switch (message.role) {
    case "tool":
    case "function": {
      const id = String(message["tool_call_id"] ?? message["name"] ?? "");
      return { role: "user", content: [{ type: "tool_result", tool_use_id: id, content: messageText(message) }] };
    }
    case "assistant":
      return { role: "assistant", content: [...contentBlocks(message, index), ...toolUses(message, index)] };
    default:
      return { role: "user", content: contentBlocks(message, index) };
  }
}

function contentBlocks({ content }: ChatMessage, index: number): Block[] {
  const parts = typeof content === "string" ? [{ type: "text", text: content }] : (content ?? []);
  // Anthropic refuses empty text
  return parts
    .map((part) => contentBlock(part, index))
    .filter((block) => block.type !== "text" || block["text"] !== "");
}

const ImagePart = z.looseObject({ image_url: z.looseObject({ url: z.string() }) });
const FilePart = z.looseObject({ file: z.looseObject({ file_data: z.string() }) });

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
      return { type: "document", source: toSource(file.data.file.file_data) };
    }
    default:
      throw new InvalidInputError(`${place}: Anthropic models do not take ${part.type}.`, place);
  }
}

function toSource(url: string): Record<string, unknown> {
  const encoded = /^data:([^;,]+);base64,(.*)$/s.exec(url);
  if (encoded === null) return { type: "url", url };
  return { type: "base64", media_type: encoded[1], data: encoded[2] };
}

function toolUses(message: ChatMessage, index: number): Block[] {
  if (message["tool_calls"] === undefined || message["tool_calls"] === null) return [];
  const place = `messages.${index}.tool_calls`;
  const calls = ToolCalls.safeParse(message["tool_calls"]);
  if (!calls.success) throw new InvalidInputError(`${place}: is not a list of function calls.`, place);
  return calls.data.map((call) => ({
    type: "tool_use",
    id: call.id,
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

function toolFields({ tools, tool_choice: choice, parallel_tool_calls: parallel }: Options): Record<string, unknown> {
  if (!tools || tools.length === 0) return {};
  const toChoice = { none: "none", auto: "auto", required: "any" } as const;
  const chosen =
    typeof choice === "object" && choice !== null
      ? { type: "tool", name: choice.function.name }
      : { type: toChoice[choice ?? "auto"] };
  const isSerial = parallel === false && chosen.type !== "none";
  return {
    tools: tools.map((tool) => ({
      name: tool.function.name,
      ...present("description", tool.function.description),
      input_schema: { type: "object", ...tool.function.parameters },
    })),
    ...(choice || isSerial
      ? { tool_choice: { ...chosen, ...(isSerial ? { disable_parallel_tool_use: true } : {}) } }
      : {}),
  };
}

function outputConfig({ response_format: format }: Options): Record<string, unknown> | null {
  if (format?.type !== "json_schema" || !format.json_schema.schema) return null;
  return { format: { type: "json_schema", schema: format.json_schema.schema } };
}

function stopSequences(stop: Options["stop"]): string[] | null {
  const sequences = (typeof stop === "string" ? [stop] : (stop ?? [])).filter((text) => text.trim() !== "");
  return sequences.length === 0 ? null : sequences;
}

function present(key: string, value: unknown): Record<string, unknown> {
  return value === null || value === undefined ? {} : { [key]: value };
}
