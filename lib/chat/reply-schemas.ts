import { z } from "zod";
import { RetrievedItem } from "@/lib/retrieve/schemas";

/*
 * What the chat routes answer, as far as clients count on it. Providers add fields to the shapes of OpenAI and
 * Anthropic, so those stay open.
 */

/** `GET /v1/traces/{id}`: why an answer was given. */
export const TraceView = z.object({
  id: z.string(),
  face_id: z.string().nullable(),
  version: z.number().nullable().describe("The face's version that answered."),
  model: z.string(),
  items: z.array(z.record(z.string(), z.unknown())).describe("What went into the prompt, as search answers it."),
  tokens: z.record(z.string(), z.unknown()).describe("persona, input and output, and the input by its parts."),
  cost_usd: z.number(),
  timings: z.record(z.string(), z.unknown()).describe("Milliseconds."),
  created_at: z.string(),
});

const Pricing = {
  input_usd_per_million: z.number(),
  output_usd_per_million: z.number(),
  cached_input_usd_per_million: z.number().optional(),
  cache_write_usd_per_million: z.number().optional(),
  cache_write_long_usd_per_million: z.number().optional(),
};

/** A model as OpenAI's and Anthropic's clients read it, and what it costs this account. */
export const ModelView = z.object({
  id: z.string().describe("What may stand behind the @ of a face, or alone."),
  object: z.literal("model"),
  type: z.literal("model"),
  display_name: z.string(),
  created_at: z.string(),
  created: z.number(),
  owned_by: z.string(),
  context_length: z.number(),
  max_output_tokens: z.number(),
  pricing: z
    .object({
      ...Pricing,
      as_of: z.string().nullable().describe("The day of the provider's price list; null where the operator set it."),
      long_prompt: z
        .object({ ...Pricing, above_tokens: z.number() })
        .nullable()
        .describe("What a whole call costs whose prompt is longer."),
    })
    .describe("As this account pays it, markup included."),
  capabilities: z
    .object({ tools: z.boolean(), images: z.boolean(), structured_outputs: z.boolean(), reasoning: z.boolean() })
    .nullable()
    .describe("Null where nobody tells, as for servers of one's own."),
  shuts_down: z.string().nullable(),
  is_default: z.boolean(),
  is_language_model: z.boolean().describe("False for the built-in engine, which quotes."),
});

const ModelServer = z.object({
  name: z.string(),
  status: z.enum(["unasked", "ok", "failed"]),
  error: z.string().nullable(),
  models: z.number(),
  answered_at: z.string().nullable(),
});

/** OpenAI's list, with what Anthropic's clients look for beside it. */
export const ModelList = z.object({
  object: z.literal("list"),
  data: z.array(ModelView),
  has_more: z.literal(false),
  first_id: z.string().nullable(),
  last_id: z.string().nullable(),
  servers: z.array(ModelServer).optional().describe("How the servers stand that are asked for their models."),
});

const Usage = z.looseObject({
  prompt_tokens: z.number(),
  completion_tokens: z.number(),
  total_tokens: z.number(),
});

/** OpenAI's chat completion. */
export const ChatCompletionView = z.looseObject({
  id: z.string(),
  object: z.literal("chat.completion"),
  created: z.number(),
  model: z.string(),
  choices: z.array(
    z.looseObject({
      index: z.number(),
      message: z.looseObject({ role: z.literal("assistant"), content: z.string().nullish() }),
      finish_reason: z.string().nullable(),
    }),
  ),
  usage: Usage.optional(),
});

/** Anthropic's message. */
export const MessageView = z.looseObject({
  id: z.string(),
  type: z.literal("message"),
  role: z.literal("assistant"),
  model: z.string(),
  content: z.array(z.looseObject({ type: z.string() })),
  stop_reason: z.string().nullable(),
  stop_sequence: z.string().nullable().optional(),
  usage: z.looseObject({ input_tokens: z.number(), output_tokens: z.number() }),
});

/** OpenAI's response. */
export const ResponseView = z.looseObject({
  id: z.string(),
  object: z.literal("response"),
  created_at: z.number(),
  status: z.string(),
  model: z.string(),
  output: z.array(z.looseObject({ type: z.string() })),
  usage: z.looseObject({ input_tokens: z.number(), output_tokens: z.number() }).nullish(),
});

/** OpenAI's list of the items that went into a response. */
export const ItemListView = z.object({
  object: z.literal("list"),
  data: z.array(z.looseObject({})),
  first_id: z.string().nullable(),
  last_id: z.string().nullable(),
  has_more: z.boolean(),
});

/** `POST /v1/faces/{face}/search`: best first. */
export const SearchView = z.object({
  items: z.array(RetrievedItem.omit({ previousText: true }).extend({ previous_text: z.string().optional() })),
  abstain: z.boolean().describe("Whether nothing that was found bears on the question."),
  tokens: z.number().describe("What the items take in a prompt."),
  took_ms: z.number(),
});
