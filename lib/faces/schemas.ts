import { z } from "zod";
import { maxFormulaCharacters } from "./formula";

const Username = z
  .string()
  .min(1, "must not be empty")
  .max(32, "must be at most 32 characters")
  .regex(/^[a-z0-9-]+$/, "may hold lower-case letters, digits and dashes only");
/** Names that mean something else where a face's stands: routes, and the built-in engine's model id. */
const reserved = new Set(["diff", "import", "builtin"]);
/** Over the operators of lib/faces/formula.ts, which reads it and tells where it is wrong. */
const FormulaText = z.string().trim().min(1, "must not be empty").max(maxFormulaCharacters);

export const NewUsername = Username.refine((name) => !reserved.has(name), "is a word that Faces needs itself");
const Name = z.string().trim().min(1, "must not be empty").max(100);
const Pronouns = z.string().trim().max(40);
const BasicFacts = z.string().max(20_000, "must be at most 20,000 characters");

/** `POST /v1/faces`. */
export const CreateFaceInput = z.object({
  username: NewUsername,
  name: Name.nullish(),
  aliases: z.array(Name).max(20).default([]),
  pronouns: Pronouns.nullish(),
  basic_facts: BasicFacts.default(""),
  default_model: z.string().max(200).nullish(),
  formula: FormulaText.nullish().describe("Makes it a composite: `alice | bob`."),
});
export type CreateFaceInput = z.infer<typeof CreateFaceInput>;

/** `PATCH /v1/faces/{face}`: what is left out stays. */
export const UpdateFaceInput = z.object({
  username: NewUsername.optional(),
  name: Name.nullish(),
  aliases: z.array(Name).max(20).optional(),
  pronouns: Pronouns.nullish(),
  basic_facts: BasicFacts.optional(),
  default_model: z.string().max(200).nullish(),
  formula: FormulaText.nullish().describe("Null makes a composite an empty face with sources of its own."),
});
export type UpdateFaceInput = z.infer<typeof UpdateFaceInput>;

export const SyncStatus = z.enum(["empty", "pending", "syncing", "synced", "failed", "payment_required"]);
export type SyncStatus = z.infer<typeof SyncStatus>;

/** How far a sync has come; also what its event stream sends. */
export const SyncProgress = z.object({
  stage: z.enum(["queued", "reading", "extracting", "linking", "done"]),
  documents: z.number(),
  chunks_total: z.number(),
  chunks_completed: z.number(),
  tokens_total: z.number(),
  tokens_charged: z.number(),
  tokens_from_quota: z
    .number()
    .optional()
    .describe("Of the charged ones, what the quota took; the rest was paid with credit."),
  cost_usd: z.number().optional(),
  statements: z.number(),
  eta_seconds: z.number().nullable(),
  component_counts: z.record(z.string(), z.number()),
  primitives_before: z.number().optional().describe("How many the graph held when it began."),
});
export type SyncProgress = z.infer<typeof SyncProgress>;

/** A portrait that a face is shown by. Addresses are signed, relative to this host, good for a day. */
export const PictureView = z.object({ portrait_id: z.string(), url: z.string(), small_url: z.string() });
export type PictureView = z.infer<typeof PictureView>;

const Cluster = z.object({ n: z.number(), confidence: z.number() });
const Counts = z.object({ alpha: z.number(), beta: z.number(), delta: z.number(), epsilon: z.number() });

/** A face as routes and pages show it. */
export const FaceView = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string().nullable(),
  aliases: z.array(z.string()),
  pronouns: z.string().nullable(),
  basic_facts: z.string(),
  default_model: z.string().nullable(),
  formula: z.string().nullable().describe("Of a composite: with the usernames that its parts have now."),
  parts: z
    .array(z.object({ id: z.string(), username: z.string(), name: z.string().nullable() }))
    .describe("The faces that a composite is made of, from left to right."),
  sync_status: SyncStatus,
  sync: z.object({
    stage: z.string().nullable(),
    chunks_total: z.number(),
    chunks_completed: z.number(),
    tokens_charged: z.number(),
    eta_seconds: z.number().nullable(),
    error: z.string().nullable(),
    job_id: z.string().nullable(),
  }),
  component_counts: Counts,
  /** per component, a cluster per predicate in the grammar's order */
  fingerprint: z.object({
    alpha: z.array(Cluster),
    beta: z.array(Cluster),
    delta: z.array(Cluster),
    epsilon: z.array(Cluster),
  }),
  picture: PictureView.nullable().describe("Null: it is drawn from what is known of it, see fingerprint."),
  document_counts: z.object({ total: z.number(), pending: z.number() }),
  profile_token_count: z.number(),
  is_sample: z.boolean(),
  version: z.number(),
  created_at: z.string(),
  updated_at: z.string(),
  synced_at: z.string().nullable(),
});
export type FaceView = z.infer<typeof FaceView>;

/** `?dry_run=true` of POST and PATCH: what the face would hold; nothing is made or changed. */
export const DryRunQuery = z.object({ dry_run: z.enum(["true", "false", "1", "0"]).default("false") });

export function isDryRun({ dry_run }: z.infer<typeof DryRunQuery>): boolean {
  return dry_run === "true" || dry_run === "1";
}

/** What a formula would make of its parts as they are now. */
export const FacePreview = z.object({
  formula: z.string().nullable(),
  /** `statements`: how many the part has; `kept`: how many of them would be in */
  parts: z.array(
    z.object({
      id: z.string(),
      username: z.string(),
      name: z.string().nullable(),
      statements: z.number(),
      kept: z.number(),
    }),
  ),
  component_counts: Counts,
  fingerprint: FaceView.shape.fingerprint,
  profile_token_count: z.number(),
  /** some of what it would say, the surest of each component, and who says it */
  statements: z.array(
    z.object({ id: z.string(), component: z.string(), statement: z.string(), said_by: z.array(z.string()) }),
  ),
  is_username_taken: z.boolean(),
  faces_left: z.number().describe("How many more faces the plan allows."),
});
export type FacePreview = z.infer<typeof FacePreview>;
