import { z } from "zod";
import { Override } from "@/lib/compile/primitive-overrides";
import { DocumentNotes } from "@/lib/documents/schemas";
import { CreateFaceInput } from "@/lib/faces/schemas";

/** Of `extensions.faces`; grows when a card can be read by newer installations alone. */
export const cardFormat = 1;

/** No card holds more, whoever made it: what is read of one must fit into a request. */
export const limits = {
  documents: 500,
  primitives: 20_000,
  statementsEach: 2_000,
  chunksEach: 5_000,
  findingsEach: 2_000,
  parts: 16,
  textCharacters: 25_000_000,
  /** of all texts together, as a card is read at most (lib/cards/read-card.ts) */
  textBytes: 40_000_000,
} as const;

const Offset = z.int().min(0);
const Engine = z.string().regex(/^[\w.@:/ -]{1,120}$/u);

/** A source of a face with its text; `compiled` is the state that is in the graph. */
const CardDocument = z.object({
  type: z.enum(["document", "thread"]),
  label: z.string().trim().min(1).max(200),
  source: z.enum(["upload", "paste", "import"]),
  mime_type: z.string().max(200),
  format: z.string().max(40),
  source_url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullable(),
  perspective: z.enum(["first-person", "third-person"]),
  face_speaker: z.string().max(100).nullable(),
  notes: DocumentNotes,
  content: z.string().max(limits.textCharacters),
  compiled: z
    .object({
      /** null: the text as it is now */
      content: z.string().max(limits.textCharacters).nullable(),
      chunks: z.array(z.object({ start: Offset, end: Offset, engine: Engine, dropped: Offset })).max(limits.chunksEach),
      findings: z
        .array(z.object({ kind: z.string().max(40), start: Offset, end: Offset, quote: z.string() }))
        .max(limits.findingsEach),
    })
    .nullable(),
});
export type CardDocument = z.infer<typeof CardDocument>;

/** A place that a primitive rests on. Only what is needed to find it is looked at here; the rest is checked there. */
const CardStatement = z.looseObject({ document: z.int().min(0), start: Offset, end: Offset });
export type CardStatement = z.infer<typeof CardStatement>;

/** A primitive as its owner has it, with everything that it was made of. */
const CardPrimitive = z.object({
  component: z.string(),
  predicate: z.string(),
  polarity: z.string(),
  statement: z.string(),
  confidence: z.number(),
  state: z.enum(["active", "draft", "disabled"]),
  pinned: z.boolean(),
  /** what the owner changed; null: nothing */
  override: Override.nullable(),
  provenance: z.array(CardStatement).min(1).max(limits.statementsEach),
});
export type CardPrimitive = z.infer<typeof CardPrimitive>;

/** A face, whole. */
export const CardFace = CreateFaceInput.omit({ formula: true }).extend({
  username: z.string().max(64),
  documents: z.array(CardDocument).max(limits.documents),
  primitives: z.array(CardPrimitive).max(limits.primitives),
  /** of the graph; null before the first compile */
  graph_hash: z.string().max(64).nullable(),
  /** measured of the threads: for readers of the card, measured anew by whoever takes it in */
  voice: z.unknown(),
});
export type CardFace = z.infer<typeof CardFace>;

/** What our cards hold beside what every card holds. */
export const FacesExtension = z.object({
  format: z.literal(cardFormat),
  /** of a composite: over the usernames of `parts` */
  formula: z.string().max(1_000).nullable(),
  face: CardFace,
  parts: z.array(CardFace).max(limits.parts),
});
export type FacesExtension = z.infer<typeof FacesExtension>;
