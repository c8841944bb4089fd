import { z } from "zod";
import { FaceView } from "@/lib/faces/schemas";

/** Which format and what of it: `GET …/export`. */
export const ExportQuery = z.object({ format: z.enum(["json", "png"]).default("json") });
export type ExportQuery = z.infer<typeof ExportQuery>;

/** How much of the graph of a card came in: all, with differences, left to a sync, or there was none. */
export const GraphOutcome = z.enum(["exact", "differs", "staged", "none"]);
export type GraphOutcome = z.infer<typeof GraphOutcome>;

/** Why something of a card stayed out. */
export const LeftOutReason = z.enum([
  /** it steers a model and tells nothing of a person */
  "steers_model",
  /** it tells of the card, not of the person */
  "about_the_card",
  "switched_off",
  "empty",
  "duplicate",
  "too_long",
  "too_many",
  "unreadable",
  "not_verified",
  "not_served",
  "quota",
  "renamed",
]);
export type LeftOutReason = z.infer<typeof LeftOutReason>;

/** What became of a card. */
export const ImportReport = z.object({
  face: FaceView,
  made_by: z
    .enum(["faces", "v1", "v2", "v3"])
    .describe("Who made it: an installation of Faces, or others by version of their format."),
  taken: z.object({
    facts: z.boolean(),
    documents: z.number(),
    threads: z.number(),
    primitives: z.number(),
    edits: z.number(),
    parts: z.array(z.string()).describe("Usernames of faces that came with a composite."),
  }),
  left_out: z.array(z.object({ what: z.string(), reason: LeftOutReason, count: z.number() })),
  graph: GraphOutcome,
  tokens_counted: z.number().describe("Source tokens that the graph counts against the compile quota."),
});
export type ImportReport = z.infer<typeof ImportReport>;
