import { z } from "zod";

export const ProvenanceView = z.object({
  document_id: z.string(),
  version: z.number(),
  start: z.number(),
  end: z.number(),
  quote: z.string(),
});
export type ProvenanceView = z.infer<typeof ProvenanceView>;

export const PrimitiveView = z.object({
  id: z.string(),
  component: z.enum(["alpha", "beta", "delta", "epsilon"]),
  predicate: z.string(),
  polarity: z.enum(["pos", "neg"]),
  statement: z.string(),
  object: z.string().nullish(),
  condition: z.string().nullish(),
  reason: z.string().nullish(),
  strength: z.string().nullish(),
  confidence: z.number(),
  state: z.enum(["active", "draft", "disabled"]),
  pinned: z.boolean(),
  provenance: z.array(ProvenanceView),
});
export type PrimitiveView = z.infer<typeof PrimitiveView>;
