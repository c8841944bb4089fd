import { z } from "zod";
import { PrimitiveView } from "@/lib/compile/schemas";

export const ModelView = z.object({
  id: z.string(),
  owned_by: z.string().nullish(),
  /** US dollars per million tokens. */
  pricing: z.object({ input_usd_per_million: z.number(), output_usd_per_million: z.number() }).nullish(),
  is_default: z.boolean().default(false),
  /** False for the engine that quotes. */
  is_language_model: z.boolean().default(true),
});
export type ModelView = z.infer<typeof ModelView>;

export const ModelList = z.object({ data: z.array(ModelView) });

/** One event of an OpenAI stream. Lenient: providers add fields, and an error can be the last event. */
export const ChatChunk = z.object({
  choices: z
    .array(
      z.object({ delta: z.object({ content: z.string().nullish() }).nullish(), finish_reason: z.string().nullish() }),
    )
    .optional(),
  error: z.object({ message: z.string() }).nullish(),
  detail: z.string().nullish(),
});

export const TraceItem = z.object({
  kind: z.enum(["primitive", "span"]),
  id: z.string(),
  text: z.string(),
  score: z.number(),
  /** Found for this conversation, or part of every conversation with the face. */
  part: z.enum(["found", "core"]).default("found"),
  speaker: z.string().nullish(),
  /** Its text has been deleted since. */
  is_removed: z.boolean().default(false),
  component: z.enum(["alpha", "beta", "delta", "epsilon"]).nullish(),
  provenance: PrimitiveView.shape.provenance.element.partial({ engine: true }).array().default([]),
});
export type TraceItem = z.infer<typeof TraceItem>;

export const TraceView = z.object({
  id: z.string(),
  face_id: z.string().nullish(),
  version: z.number().nullish(),
  model: z.string(),
  items: z.array(TraceItem),
  tokens: z.object({
    persona: z.number(),
    input: z.number(),
    output: z.number(),
    /** The input by what it was for; older traces do not tell. */
    parts: z.record(z.string(), z.number()).nullish(),
  }),
  cost_usd: z.number(),
  timings: z.record(z.string(), z.number().nullable()).nullish(),
});
export type TraceView = z.infer<typeof TraceView>;
