import { type Asked, type AskedTool, countWords, lastLine, lastUserText, systemText } from "./asked";
import { fillSchema } from "./fill-schema";

export type ToolCall = { id: string; name: string; arguments: string };

export type Answer = {
  text: string;
  toolCalls: ToolCall[];
  finish: "stop" | "length" | "tool_calls";
  stopSequence: string | null;
  outputTokens: number;
};

/**
 * The answer to a request: always the same for the same request.
 *
 * `[[tool]]`, `[[tool:name]]` and `[[tools]]` in the last user message call the first tool, that tool,
 * all tools; `[[long:N]]` adds N numbered words. After a tool's result comes prose again.
 *
 * @param choice index among the `n` choices; each differs from the first
 */
export function answer(asked: Asked, choice = 0): Answer {
  const toolCalls = calledTools(asked).map((tool, index) => ({
    id: `call_${asked.fingerprint.slice(0, 16)}${choice}${index}`,
    name: tool.name,
    arguments: JSON.stringify(fillSchema(tool.schema, lastUserText(asked)) ?? {}),
  }));

  if (toolCalls.length > 0) {
    const outputTokens = toolCalls.reduce((sum, call) => sum + countWords(call.name) + countWords(call.arguments), 0);
    return { text: "", toolCalls, finish: "tool_calls", stopSequence: null, outputTokens };
  }

  return limited(asked, asked.schema === null ? prose(asked, choice) : structured(asked));
}

/** The pieces a stream delivers: words, each with the white space before it, whose join is the text. */
export function piecesOf(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

function calledTools(asked: Asked): AskedTool[] {
  const { tools, forcedTool } = asked;
  if (forcedTool !== null)
    return tools.filter((tool, index) => (forcedTool === "any" ? index === 0 : tool.name === forcedTool));
  if (asked.messages.at(-1)?.role !== "user") return [];

  const text = lastUserText(asked);
  if (text.includes("[[tools]]")) return tools;
  if (text.includes("[[tool]]")) return tools.slice(0, 1);
  const name = /\[\[tool:([^\]]+)\]\]/.exec(text)?.[1];
  return tools.filter((tool) => tool.name === name);
}

function prose(asked: Asked, choice: number): string {
  const user = lastUserText(asked);
  const last = asked.messages.at(-1);
  const long = Number(/\[\[long:(\d{1,6})\]\]/.exec(user)?.[1] ?? 0);

  return [
    `I was given ${systemText(asked).length} system characters. You said: “${lastLine(user)}”`,
    ...(last?.role === "tool" ? [`The tool said: “${lastLine(last.text)}”`] : []),
    ...Array.from({ length: long }, (_, index) => `word${index + 1}`),
    ...(choice > 0 ? [`(choice ${choice + 1})`] : []),
  ].join(" ");
}

function structured(asked: Asked): string {
  const schema = asked.schema === true ? { type: "object", properties: { answer: { type: "string" } } } : asked.schema;
  return JSON.stringify(fillSchema(schema, lastUserText(asked)));
}

/** Applies stop sequences, then the token limit, as a model's sampler would. */
function limited(asked: Asked, whole: string): Answer {
  const stops = asked.stop
    .map((sequence) => ({ sequence, index: whole.indexOf(sequence) }))
    .filter(({ index }) => index >= 0);
  const first = stops.toSorted((a, b) => a.index - b.index)[0];
  const text = first ? whole.slice(0, first.index) : whole;

  const pieces = piecesOf(text);
  if (asked.maxTokens !== null && countWords(text) > asked.maxTokens) {
    const cut = pieces.slice(0, asked.maxTokens).join("");
    return { text: cut, toolCalls: [], finish: "length", stopSequence: null, outputTokens: asked.maxTokens };
  }

  return { text, toolCalls: [], finish: "stop", stopSequence: first?.sequence ?? null, outputTokens: countWords(text) };
}
