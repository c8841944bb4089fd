import { z } from "zod";
import { components } from "./grammar";

const Kind = z.object({ component: z.string(), predicate: z.string(), p: z.number() });

/** A primitive as routes and pages show it: every quote stands verbatim at its offsets in that version of the text. */
export const PrimitiveView = z.object({
  id: z.string(),
  component: z.enum(components),
  predicate: z.string(),
  polarity: z.enum(["pos", "neg"]),
  statement: z.string(),
  object: z.string(),
  condition: z.string().nullable(),
  reason: z.string().nullable(),
  strength: z.string().nullable(),
  confidence: z.number(),
  state: z.enum(["active", "draft", "disabled"]),
  pinned: z.boolean(),
  edited: z.boolean(),
  alternatives: z.array(Kind),
  provenance: z.array(
    z.object({
      document_id: z.string(),
      version: z.number(),
      start: z.number(),
      end: z.number(),
      quote: z.string(),
      engine: z.string(),
    }),
  ),
  tensions: z.array(z.object({ id: z.string(), statement: z.string(), component: z.string() })),
});
export type PrimitiveView = z.infer<typeof PrimitiveView>;

/** `PATCH …/primitives/{id}`. */
export const UpdatePrimitiveInput = z.strictObject({
  statement: z.string().trim().min(1).max(500).optional(),
  component: z.enum(components).optional(),
  pinned: z.boolean().optional(),
  disabled: z.boolean().optional(),
});
export type UpdatePrimitiveInput = z.infer<typeof UpdatePrimitiveInput>;

/** What a sync would take, at most. */
export const SyncQuote = z.object({
  documents: z.number(),
  tokens_estimated: z.number(),
  tokens_from_quota: z.number(),
  tokens_on_credit: z.number(),
  cost_usd_max: z.number(),
});
export type SyncQuote = z.infer<typeof SyncQuote>;

/** `POST …/sync` when it started one. */
export type SyncStarted = SyncQuote & { face_id: string; sync_status: "syncing"; job_id: string };
