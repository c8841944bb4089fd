import { asArray, asRecord, asString } from "./json-value";

export type AskedMessage = { role: "system" | "user" | "assistant" | "tool"; text: string; images: number };

export type AskedTool = { name: string; schema: unknown };

/** What a chat request asks for, whichever of the three wires it came over. */
export type Asked = {
  model: string;
  messages: AskedMessage[];
  tools: AskedTool[];
  /** A tool the request insists on; `"any"` leaves the choice open. */
  forcedTool: string | null;
  /** JSON schema the answer must satisfy, `true` for any JSON object, `null` for prose. */
  schema: unknown;
  maxTokens: number | null;
  stop: string[];
  /** Hash of the body: ids derive from it, so the same request always gets the same ids. */
  fingerprint: string;
};

/** A number in the usage block: one token per word. Deterministic, and easy to count by hand in a test. */
export function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

/** What an image costs in input tokens: the flat price of OpenAI's low-detail images. */
export const IMAGE_TOKENS = 85;

export function countInput(asked: Asked): number {
  return asked.messages.reduce((sum, m) => sum + countWords(m.text) + m.images * IMAGE_TOKENS, 0);
}

/** Everything said to the model by the operator, joined as one text. */
export function systemText(asked: Asked): string {
  return asked.messages
    .filter((m) => m.role === "system")
    .map((m) => m.text)
    .join("\n");
}

export function lastUserText(asked: Asked): string {
  return asked.messages.findLast((m) => m.role === "user")?.text ?? "";
}

/** The last line of the text that is not blank. */
export function lastLine(text: string): string {
  return (
    text
      .split(/\r?\n/)
      .findLast((line) => line.trim() !== "")
      ?.trim() ?? ""
  );
}

/** Reads a message's content, a string or a list of parts, as all three wires write it. */
export function readContent(content: unknown): { text: string; images: number } {
  if (typeof content === "string") return { text: content, images: 0 };

  const parts = asArray(content).map(asRecord);
  const texts = parts.flatMap((part) => {
    const nested = part["type"] === "tool_result" ? readContent(part["content"]).text : null;
    const text = asString(part["text"]) ?? nested;
    return text === null ? [] : [text];
  });

  return { text: texts.join("\n"), images: parts.filter((part) => /image/.test(asString(part["type"]) ?? "")).length };
}
