import { z } from "zod";

/** What deleting a document took away with it. */
export const DeletionReceipt = z.object({
  deleted: z.literal(true),
  primitives_removed: z.number(),
  primitives_kept: z.number(),
  tokens_released: z.number(),
});
export type DeletionReceipt = z.infer<typeof DeletionReceipt>;
