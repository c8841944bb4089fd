import { z } from "zod";

/** What deleting a document took away with it. */
export const DeletionReceipt = z.object({
  deleted: z.literal(true),
  primitives_removed: z.number(),
  primitives_kept: z.number(),
  tokens_released: z.number(),
});
export type DeletionReceipt = z.infer<typeof DeletionReceipt>;

/** Who speaks in a file that was not stored. */
export const SpeakersPreview = z.object({
  format: z.string(),
  speakers: z.array(z.object({ name: z.string(), turns: z.number(), words: z.number(), sample: z.array(z.string()) })),
  suggested: z.string().nullable(),
});
export type SpeakersPreview = z.infer<typeof SpeakersPreview>;

/** A passage that is shown to the owner and never compiled. */
export const FindingView = z.object({
  id: z.string(),
  kind: z.enum(["instruction", "unclear_subject"]),
  document_id: z.string(),
  version: z.number(),
  start: z.number(),
  end: z.number(),
  quote: z.string(),
});
export type FindingView = z.infer<typeof FindingView>;
