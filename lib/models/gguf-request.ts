import { z } from "zod";
import { InvalidInputError } from "@/lib/errors";
import type { GgufFunctionCall, GgufFunctions, GgufMessage, GgufOptions } from "./gguf-runtime";
import { toGrammarSchema } from "./grammar-schema";

const Part = z.looseObject({ type: z.string(), text: z.string().optional() });
const ToolCall = z.looseObject({
  id: z.string(),
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
});
const Message = z.looseObject({
  role: z.string(),
  content: z.union([z.string(), z.array(Part)]).nullish(),
  tool_calls: z.array(ToolCall).nullish(),
  tool_call_id: z.string().nullish(),
});
type Message = z.infer<typeof Message>;

const Tool = z.looseObject({
  type: z.literal("function"),
  function: z.looseObject({ name: z.string(), description: z.string().optional(), parameters: z.unknown().optional() }),
});

const ResponseFormat = z.union([
  z.looseObject({ type: z.literal("text") }),
  z.looseObject({ type: z.literal("json_object") }),
  z.looseObject({ type: z.literal("json_schema"), json_schema: z.looseObject({ schema: z.unknown().optional() }) }),
]);

/** What of OpenAI's chat completion request a model in this process follows. */
const Request = z.looseObject({
  messages: z.array(Message).min(1),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  top_k: z.int().min(0).nullish(),
  min_p: z.number().min(0).max(1).nullish(),
  seed: z.int().nullish(),
  stop: z.union([z.string().min(1), z.array(z.string().min(1)).max(16)]).nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  n: z.int().nullish(),
  logprobs: z.boolean().nullish(),
  response_format: ResponseFormat.nullish(),
  tools: z.array(Tool).nullish(),
  tool_choice: z.unknown().optional(),
});

/** llama.cpp's own; the runtime's would be 0, the likeliest word every time. */
const usualTemperature = 0.8;

/** A request as the runtime takes it. */
export type GgufCall = {
  history: GgufMessage[];
  functions: GgufFunctions | null;
  /** `true`: any JSON; else a schema that grammars know */
  json: true | { schema: unknown } | null;
  /** null: as much as fits */
  askedTokens: number | null;
  sampling: Omit<GgufOptions, "maxTokens" | "signal" | "onResponseChunk" | "grammar" | "functions">;
};

/**
 * OpenAI's chat completion request for a model in this process.
 *
 * @throws {InvalidInputError} naming what such a model cannot do
 */
export function toGgufCall(body: unknown): GgufCall {
  const parsed = Request.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw cannot(`${issue?.path.join(".")}: ${issue?.message}`, String(issue?.path[0] ?? "messages"));
  }
  const request = parsed.data;
  if ((request.n ?? 1) !== 1) throw cannot("It gives one answer to a question: n must be 1.", "n");
  if (request.logprobs === true) throw cannot("It tells no logprobs.", "logprobs");
  const functions = toFunctions(request.tools ?? [], request.tool_choice);
  const json = toJson(request.response_format);
  if (functions !== null && json !== null)
    throw cannot("It takes either tools or a response_format, not both.", "response_format");
  return {
    history: toHistory(request.messages),
    functions,
    json,
    askedTokens: request.max_completion_tokens ?? request.max_tokens ?? null,
    sampling: toSampling(request),
  };
}

function toSampling(request: z.infer<typeof Request>): GgufCall["sampling"] {
  const { stop, seed, top_p: topP, top_k: topK, min_p: minP } = request;
  const { frequency_penalty: frequencyPenalty, presence_penalty: presencePenalty } = request;
  const penalties = {
    ...(frequencyPenalty ? { frequencyPenalty } : {}),
    ...(presencePenalty ? { presencePenalty } : {}),
  };
  return {
    temperature: request.temperature ?? usualTemperature,
    seed: seed ?? Math.floor(Math.random() * 2 ** 31),
    ...(topP == null ? {} : { topP }),
    ...(topK == null ? {} : { topK }),
    ...(minP == null ? {} : { minP }),
    ...(stop == null ? {} : { customStopTriggers: typeof stop === "string" ? [stop] : stop }),
    // 1: no penalty but the one that was asked for
    ...(Object.keys(penalties).length === 0 ? {} : { repeatPenalty: { penalty: 1, ...penalties } }),
  };
}

function toJson(format: z.infer<typeof ResponseFormat> | null | undefined): GgufCall["json"] {
  if (format?.type === "json_object") return true;
  if (format?.type !== "json_schema") return null;
  const { schema } = (format as { json_schema: { schema?: unknown } }).json_schema;
  return { schema: toGrammarSchema(schema, "response_format") };
}

function toFunctions(tools: z.infer<typeof Tool>[], choice: unknown): GgufFunctions | null {
  if (tools.length === 0 || choice === "none") return null;
  if (choice != null && choice !== "auto")
    throw cannot('It decides itself whether to call a tool: tool_choice must be "auto" or "none".', "tool_choice");
  const functions = tools.map(({ function: { name, description, parameters } }) => {
    const params = isEmptySchema(parameters) ? {} : { params: toGrammarSchema(parameters, "tools") };
    return [name, { ...(description === undefined ? {} : { description }), ...params }] as const;
  });
  return Object.fromEntries(functions);
}

function isEmptySchema(schema: unknown): boolean {
  const { properties } = (schema ?? {}) as { properties?: object };
  return Object.keys(properties ?? {}).length === 0;
}

/** The runtime holds a call and its result in one message of the model, whatever lies between in OpenAI's shape. */
function toHistory(messages: Message[]): GgufMessage[] {
  const history: GgufMessage[] = [];
  const calls = new Map<string, GgufFunctionCall>();
  for (const message of messages) {
    const text = textOf(message);
    switch (message.role) {
      case "system":
      case "developer":
        history.push({ type: "system", text });
        break;
      case "user":
        history.push({ type: "user", text });
        break;
      case "assistant":
        replyOf(history).push(...(text === "" ? [] : [text]), ...callsOf(message, calls));
        break;
      case "tool":
        giveResult(calls, message, text);
        break;
      default:
        throw cannot(`It knows no messages of the role ${message.role}.`, "messages");
    }
  }
  replyOf(history);
  return history;
}

/** What the model said last, to be added to; begins an answer where somebody else spoke last. */
function replyOf(history: GgufMessage[]): (string | GgufFunctionCall)[] {
  const last = history.at(-1);
  if (last?.type === "model") return last.response;
  const response: (string | GgufFunctionCall)[] = [];
  history.push({ type: "model", response });
  return response;
}

function callsOf({ tool_calls }: Message, calls: Map<string, GgufFunctionCall>): GgufFunctionCall[] {
  return (tool_calls ?? []).map(({ id, function: { name, arguments: text } }) => {
    const call: GgufFunctionCall = { type: "functionCall", name, params: parsed(text), result: null };
    calls.set(id, call);
    return call;
  });
}

function giveResult(calls: Map<string, GgufFunctionCall>, { tool_call_id }: Message, text: string): void {
  const call = calls.get(tool_call_id ?? "");
  if (call === undefined) throw cannot(`No tool call ${tool_call_id ?? ""} stands before its result.`, "messages");
  call.result = parsed(text);
}

/** Arguments and results are JSON mostly; what is not is passed on as it is. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function textOf({ content }: Message): string {
  if (typeof content === "string") return content;
  const other = content?.find(({ type }) => type !== "text" && type !== "refusal");
  if (other !== undefined) throw cannot(`It reads text only, no ${other.type}.`, "messages");
  return (content ?? []).map(({ text }) => text ?? "").join("\n");
}

function cannot(sentence: string, param: string): InvalidInputError {
  return new InvalidInputError(`The model in this installation cannot answer that. ${sentence}`, param);
}
