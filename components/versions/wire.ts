import { z } from "zod";
import { PrimitiveView } from "@/lib/compile/schemas";

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

/** What two versions of a face differ in. */
export const VersionDiff = z.object({
  from: z.number(),
  to: z.number(),
  added: z.array(PrimitiveView),
  removed: z.array(PrimitiveView),
  changed: z.array(z.object({ before: PrimitiveView, after: PrimitiveView })),
  /** how many there are; the lists stop at some hundreds */
  counts: z.object({ added: z.number(), removed: z.number(), changed: z.number() }),
});
export type VersionDiff = z.infer<typeof VersionDiff>;
