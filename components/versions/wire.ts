import { z } from "zod";

/** A compiled state of a face. `available`: the text is still there. */
export const VersionView = z.object({
  number: z.number(),
  reason: z.enum(["sync", "delete", "restore"]),
  created_at: z.string(),
  counts: z.object({ alpha: z.number(), beta: z.number(), delta: z.number(), epsilon: z.number() }),
  sources: z.array(
    z.object({ document_id: z.string(), version: z.number(), label: z.string().nullable(), available: z.boolean() }),
  ),
  graph_hash: z.string(),
  is_current: z.boolean(),
});
export type VersionView = z.infer<typeof VersionView>;
