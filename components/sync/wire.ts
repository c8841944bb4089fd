import { z } from "zod";
import { FaceView } from "@/lib/faces/schemas";

/** The last event of a sync's stream; without a sync the only one. `result` is null before the first. */
export const SyncSummary = FaceView.pick({ sync_status: true, version: true, synced_at: true }).extend({
  error: z.string().nullable(),
  result: z
    .object({
      seconds: z.number(),
      documents: z.number(),
      statements: z.number(),
      primitives: z.object({
        added: z.number(),
        removed: z.number(),
        merged: z.number(),
        by_component: z.record(z.string(), z.object({ added: z.number(), removed: z.number() })),
      }),
      /** the version that it made and the one before, 0 when there was none */
      versions: z.object({ from: z.number(), to: z.number() }).nullable(),
      findings: z.number(),
      tokens_charged: z.number(),
      tokens_from_quota: z.number(),
      cost_usd: z.number(),
    })
    .nullable(),
});
export type SyncSummary = z.infer<typeof SyncSummary>;
export type SyncResult = NonNullable<SyncSummary["result"]>;
