import { z } from "zod";

const positive = z.int().min(1);

/** A part of a message: text, an image, a file, audio; only text is read here. */
export const ContentPart = z.looseObject({ type: z.string(), text: z.string().optional() });
export type ContentPart = z.infer<typeof ContentPart>;

export const ChatMessage = z.looseObject({
  role: z.enum(["system", "developer", "user", "assistant", "tool", "function"]),
  content: z.union([z.string(), z.array(ContentPart)]).nullish(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;

/**
 * OpenAI's chat completion request. Only what Faces itself reads is checked; whatever else a client sends stays in it
 * and is the model's to judge.
 */
export const ChatRequest = z.looseObject({
  model: z
    .string()
    .trim()
    .min(1, "must name a face or a model")
    .max(400)
    .describe("`alice`, `alice@gpt-4o-mini`, or a model alone; the first @ divides them."),
  messages: z
    .array(ChatMessage)
    .min(1, "must hold a message")
    .max(20_000)
    .describe("The conversation. `${username}` in a text becomes that face, with its profile beside it."),
  stream: z.boolean().nullish().describe("Send the answer as it is made."),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: positive.nullish(),
  max_completion_tokens: positive.nullish(),
  n: positive.max(128).nullish(),
});
export type ChatRequest = z.infer<typeof ChatRequest>;

/** The text of a message; parts that are not text are passed over. */
export function messageText({ content }: Pick<ChatMessage, "content">): string {
  if (typeof content === "string") return content;
  return (content ?? [])
    .map((part) => part.text ?? "")
    .filter((text) => text !== "")
    .join("\n");
}

/** The most tokens one answer may have, by the request; null when it does not say. */
export function askedOutputTokens(request: ChatRequest): number | null {
  return request.max_completion_tokens ?? request.max_tokens ?? null;
}

/** One sentence of the sample face, followed from its text into an answer. */
export type SampleLine = {
  question: string;
  /** paragraphs of the built-in engine's answer */
  answer: string[];
  component: string;
  predicate: string;
  statement: string;
  /** 0–1 */
  confidence: number;
  /** what stands before the sentence, from the beginning of one */
  before: string;
  quote: string;
  after: string;
  /** the text's label */
  document: string;
};
