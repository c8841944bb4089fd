import { z } from "zod";

/** A block of a message: text, an image, a tool's call or result …; each is read where it is needed. */
export const MessagesBlock = z.looseObject({ type: z.string() });
export type MessagesBlock = z.infer<typeof MessagesBlock>;

const Content = z.union([z.string(), z.array(MessagesBlock)], { error: "must be a text or a list of blocks" });
export type MessagesContent = z.infer<typeof Content>;

export const MessagesTurn = z.looseObject({ role: z.enum(["user", "assistant", "system"]), content: Content });
export type MessagesTurn = z.infer<typeof MessagesTurn>;

const ToolChoice = z.looseObject({
  type: z.string(),
  name: z.string().nullish(),
  disable_parallel_tool_use: z.boolean().nullish(),
});
export type ToolChoice = z.infer<typeof ToolChoice>;

const Tool = z.looseObject({
  /** absent or `custom`: the client runs it; anything else is a tool that Anthropic knows */
  type: z.string().nullish(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  input_schema: z.looseObject({}).nullish(),
  strict: z.boolean().nullish(),
});
export type Tool = z.infer<typeof Tool>;

/** What is counted: a request without its limits. */
export const CountTokensRequest = z.looseObject({
  model: z.string().trim().min(1, "must name a face or a model").max(400),
  messages: z.array(MessagesTurn).min(1, "must hold a message").max(100_000),
  system: Content.nullish(),
  tools: z.array(Tool).nullish(),
  tool_choice: ToolChoice.nullish(),
  thinking: z.looseObject({ type: z.string(), budget_tokens: z.int().nullish() }).nullish(),
  output_config: z
    .looseObject({
      effort: z.string().nullish(),
      format: z.looseObject({ type: z.string(), schema: z.looseObject({}).nullish() }).nullish(),
    })
    .nullish(),
});
export type CountTokensRequest = z.infer<typeof CountTokensRequest>;

/**
 * Anthropic's Messages request (https://docs.anthropic.com/en/api/messages). Only what Faces reads is checked;
 * whatever else a client sends stays in it and reaches Anthropic's models as it is.
 */
export const MessagesRequest = CountTokensRequest.extend({
  // 0 fills Anthropic's prompt cache and asks for no answer
  max_tokens: z.int().min(0),
  stream: z.boolean().nullish(),
  stop_sequences: z.array(z.string()).nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  top_k: z.number().nullish(),
  metadata: z.looseObject({ user_id: z.string().nullish() }).nullish(),
});
export type MessagesRequest = z.infer<typeof MessagesRequest>;
