import { createHash } from "node:crypto";
import { InvalidInputError } from "@/lib/errors";
import type { ServedModel } from "@/lib/models/catalogue";
import type { CountTokensRequest, MessagesRequest, Tool, ToolChoice } from "./messages-schemas";
import { type Refuse, systemMessage, toChatMessages } from "./messages-turns";
import { type ChatMessage, type ChatRequest, messageText } from "./schemas";

/** An Anthropic request as a chat request. */
export type ReadMessages = {
  request: ChatRequest;
  /** the first thing in it that only Anthropic's models take; null when any model can answer */
  refusal: InvalidInputError | null;
};

/**
 * Anthropic's request as OpenAI's, for models of other providers.
 *
 * Never throws: which model answers is not known yet, and for Anthropic's own models the request goes as it came. Left
 * out is what is a hint or a matter of price elsewhere: cache_control, service_tier, citations.
 */
export function toChatRequest(body: CountTokensRequest | MessagesRequest): ReadMessages {
  const refusals: InvalidInputError[] = [];
  const refuse: Refuse = (place, what) => {
    refusals.push(new InvalidInputError(`${place}: only Anthropic's models take ${what}.`, place));
  };
  const system = body.system === null || body.system === undefined ? [] : [systemMessage(body.system)];
  const turns = body.messages.flatMap((turn, index) => toChatMessages(turn, `messages.${index}`, refuse));
  const tools = (body.tools ?? []).flatMap((tool, index) => toTool(tool, `tools.${index}`, refuse));
  for (const field of ["mcp_servers", "container"]) {
    const value = body[field];
    if (value !== undefined && value !== null && JSON.stringify(value) !== "[]") refuse(field, `the field ${field}`);
  }
  if (body["max_tokens"] === 0) refuse("max_tokens", "a limit of 0 tokens");
  const request = {
    model: body.model,
    messages: [...system, ...turns],
    ...optionsOf(body),
    ...(tools.length === 0 ? {} : { tools, ...choiceOf(body.tool_choice, refuse) }),
  };
  return { request, refusal: refusals[0] ?? null };
}

function optionsOf(body: CountTokensRequest): Record<string, unknown> {
  const { stream, max_tokens, temperature, top_p, stop_sequences, metadata } = body as Partial<MessagesRequest>;
  const format = body.output_config?.format;
  return {
    ...(stream ? { stream } : {}),
    ...present("max_tokens", max_tokens),
    ...present("temperature", temperature),
    ...present("top_p", top_p),
    ...present("stop", stop_sequences?.length ? stop_sequences : null),
    ...present("user", metadata?.user_id ? userOf(metadata.user_id) : null),
    ...present("response_format", format?.type === "json_schema" ? schemaFormat(format.schema) : null),
  };
}

/** OpenAI refuses names of users that are longer; some of Anthropic's clients send an account and a session in one. */
const maxUserLength = 64;

function userOf(id: string): string {
  return id.length <= maxUserLength ? id : createHash("sha256").update(id).digest("hex");
}

function schemaFormat(schema: unknown) {
  return { type: "json_schema", json_schema: { name: "answer", schema: schema ?? {} } };
}

function toTool(tool: Tool, place: string, refuse: Refuse) {
  if ((tool.type ?? "custom") !== "custom" || !tool.name) {
    refuse(place, `a tool of type ${tool.type ?? "custom without a name"}`);
    return [];
  }
  const { name, description, input_schema, strict } = tool;
  // OpenAI refuses an object without properties
  const parameters = { type: "object", properties: {}, ...input_schema };
  const described = { name, ...present("description", description), parameters };
  return [{ type: "function", function: { ...described, ...present("strict", strict) } }];
}

function choiceOf(choice: ToolChoice | null | undefined, refuse: Refuse): Record<string, unknown> {
  if (!choice) return {};
  const parallel = choice.disable_parallel_tool_use === true ? { parallel_tool_calls: false } : {};
  switch (choice.type) {
    case "auto":
      return { tool_choice: "auto", ...parallel };
    case "any":
      return { tool_choice: "required", ...parallel };
    case "tool":
      return { tool_choice: { type: "function", function: { name: choice.name ?? "" } }, ...parallel };
    case "none":
      return { tool_choice: "none" };
    default:
      refuse("tool_choice", `a choice of type ${choice.type}`);
      return {};
  }
}

/**
 * A request made of Anthropic's as one model takes it: OpenAI refuses fields that other servers read, and the other
 * way round.
 */
export function forModel(request: ChatRequest, model: ServedModel, body: MessagesRequest): ChatRequest {
  const { max_tokens, ...rest } = { ...request, messages: request.messages.map(plainSystem) };
  const isOpenAi = model.provider === "openai";
  return {
    ...rest,
    ...present(isOpenAi ? "max_completion_tokens" : "max_tokens", max_tokens),
    ...present("top_k", isOpenAi ? null : body.top_k),
    ...present("reasoning_effort", isOpenAi && model.capabilities?.reasoning ? effortOf(body) : null),
  };
}

/** Servers of open models take a system message as one text only. */
function plainSystem(message: ChatMessage): ChatMessage {
  if (message.role !== "system" || typeof message.content === "string") return message;
  const texts = (message.content ?? []).map((part) => part.text ?? "");
  return { ...message, content: texts.filter((text) => text !== "").join("\n\n") };
}

/** How hard to think, from Anthropic's effort or its budget of tokens; null leaves it to the model. */
function effortOf({ thinking, output_config }: MessagesRequest): string | null {
  const effort = output_config?.effort;
  if (effort === "low" || effort === "medium" || effort === "high") return effort;
  if (effort === "xhigh" || effort === "max") return "high";
  const budget = thinking?.type === "enabled" ? (thinking.budget_tokens ?? null) : null;
  if (budget === null) return null;
  return budget < 4_096 ? "low" : budget < 16_384 ? "medium" : "high";
}

/** All text of a request, tools included, to be counted. */
export function countedText(request: ChatRequest): string {
  const said = request.messages.map((message) => {
    const calls = message["tool_calls"];
    return [messageText(message), calls === undefined ? "" : JSON.stringify(calls)].join("\n");
  });
  return [...said, request["tools"] === undefined ? "" : JSON.stringify(request["tools"])].join("\n");
}

function present(key: string, value: unknown): Record<string, unknown> {
  return value === null || value === undefined ? {} : { [key]: value };
}
