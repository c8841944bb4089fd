import { z } from "zod";
import { components, kinds } from "./grammar";

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

const predicates = kinds.map(({ predicate }) => predicate);

/** `PATCH …/primitives/{id}`: what is left out stays, null takes a change back. */
export const UpdatePrimitiveInput = z.strictObject({
  statement: z.string().trim().min(1).max(500).nullish(),
  /** without a predicate of its own, the likeliest of that component */
  component: z.enum(components).nullish(),
  /** the component follows from it */
  predicate: z.enum(predicates).nullish(),
  pinned: z.boolean().nullish(),
  disabled: z.boolean().nullish(),
  /** `active` accepts a draft, null takes that back */
  state: z.enum(["active", "draft", "disabled"]).nullish(),
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
