import { z } from "zod";

/** What deleting a document took away with it. */
export const DeletionReceipt = z.object({
  deleted: z.boolean(),
  primitives_removed: z.number(),
  primitives_kept: z.number(),
  tokens_released: z.number(),
});
export type DeletionReceipt = z.infer<typeof DeletionReceipt>;

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
