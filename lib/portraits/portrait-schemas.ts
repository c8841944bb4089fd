import { z } from "zod";
import { highestSeed, IgnoredWords, mostImages, PromptStatus, UnderstoodWords } from "./prompt-schemas";

const FaceRef = z.object({ id: z.string(), username: z.string(), name: z.string().nullable() });
const TuneRef = z.object({ id: z.number().int(), title: z.string(), strength: z.number() });

/** A portrait as pages show it. */
export const PortraitView = z.object({
  id: z.string(),
  url: z.string().describe("The PNG: signed, relative to this host, good for a day."),
  small_url: z.string().describe("A WebP whose longer side has at most 512 pixels."),
  width: z.number().int(),
  height: z.number().int(),
  byte_size: z.number().int(),
  seed: z.number().int(),
  identity_score: z
    .number()
    .nullable()
    .describe("How near its face is to the photos, -1 to 1: real photos of one person are near .52, strangers .12."),
  is_favourite: z.boolean(),
  is_picture: z.boolean().describe("Whether a face shows it as its picture."),
  is_mock: z.boolean().describe("A placeholder of Astria's mock mode."),
  prompt_id: z.number().int(),
  text: z.string(),
  negative_prompt: z.string(),
  engine: z.string(),
  super_resolution: z.boolean().describe("Whether it was made larger than asked for."),
  face: FaceRef.nullable().describe("Of the first person in it."),
  tunes: z.array(TuneRef).describe("The people in it, in the order of the text."),
  created_at: z.string(),
});
export type PortraitView = z.infer<typeof PortraitView>;

/** An order as pages show it, with how far it is. */
export const OrderView = z.object({
  id: z.number().int(),
  status: PromptStatus,
  progress: z.number().describe("0 to 1."),
  stage: z.string().describe("What is being done, in a word: queued, reading, drawing, scoring, storing, done …"),
  has_worker: z.boolean().describe("Whether a worker lives that could do it."),
  text: z.string(),
  negative_prompt: z.string(),
  engine: z.string(),
  seed: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
  count: z.number().int(),
  style: z.string().nullable(),
  super_resolution: z.boolean(),
  face_correct: z.boolean(),
  face_swap: z.boolean(),
  has_input_image: z.boolean(),
  is_mock: z.boolean(),
  face: FaceRef.nullable(),
  tunes: z.array(TuneRef),
  understood: z.array(UnderstoodWords),
  ignored: z.array(IgnoredWords),
  notes: z.array(z.string()),
  user_error: z.string().nullable(),
  cost_usd: z.number(),
  portraits: z.array(PortraitView),
  created_at: z.string(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
});
export type OrderView = z.infer<typeof OrderView>;

/** What a table has of one kind: its name, and the words of a text that ask for it. */
const TableLine = z.object({ id: z.string(), name: z.string(), words: z.array(z.string()) });
const Lines = z.array(TableLine);
export type TableLine = z.infer<typeof TableLine>;

/** An engine that this installation can use. */
export const EngineView = z.object({
  id: z.string().describe("As it is named in `engine`."),
  name: z.string(),
  is_default: z.boolean(),
  capabilities: z.object({
    text: z.enum(["table", "free"]).describe("`table`: it follows only words of its table; `free`: any."),
    input_image: z.boolean(),
    mask: z.boolean(),
    people: z.number().int().describe("How many may be in one image."),
    seed: z.boolean().describe("Whether the same seed gives the same image."),
  }),
  table: z
    .object({ scenes: Lines, framings: Lines, lights: Lines, palettes: Lines, styles: Lines })
    .nullable()
    .describe("What it can follow, where it follows a table."),
  cost_usd_per_image: z.number().describe("At the default size, with the markup; 0 is free."),
});
export type EngineView = z.infer<typeof EngineView>;

const Side = z.number().int().min(256).max(2048).multipleOf(8);

/** `POST /v1/portraits/orders`: an order as pages place it; the same fields as Astria's. */
export const OrderInput = z.object({
  text: z.string().describe("With a `<faceid:ID:strength>` for each person."),
  negative_prompt: z.string().optional(),
  engine: z.string().optional(),
  num_images: z.number().int().min(1).max(mostImages).optional(),
  seed: z.number().int().min(0).max(highestSeed).nullish(),
  w: Side.optional(),
  h: Side.optional(),
  aspect_ratio: z.string().optional().describe("`4:5`, instead of `w` and `h`."),
  style: z.string().nullish(),
  super_resolution: z.boolean().optional(),
  face_correct: z.boolean().optional(),
  face_swap: z.boolean().optional(),
  denoising_strength: z.number().min(0).max(1).nullish(),
});
export type OrderInput = z.infer<typeof OrderInput>;

/** `GET /v1/portraits/orders`: newest first. */
export const OrdersQuery = z.object({
  face: z.string().optional().describe("Id or username."),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z
    .string()
    .regex(/^\d{1,9}$/, "is no cursor of this list: send next_cursor as it came")
    .optional(),
});
export type OrdersQuery = z.infer<typeof OrdersQuery>;

/** `POST /v1/portraits/read`: what an engine would make of a text. */
export const ReadInput = z.object({
  text: z.string().max(10_000),
  negative_prompt: z.string().max(10_000).default(""),
  style: z.string().nullish(),
  engine: z.string().optional(),
  num_images: z.number().int().min(1).max(mostImages).default(1),
});
export type ReadInput = z.infer<typeof ReadInput>;

/** Where words stand in the text that was sent, in UTF-16 units; null where they do not stand in one piece. */
const Place = { start: z.number().int().nullable(), end: z.number().int().nullable() };

export const ReadView = z.object({
  engine: z.string(),
  understood: z.array(UnderstoodWords.extend(Place)),
  ignored: z.array(IgnoredWords.extend(Place)),
  people: z.array(TuneRef.extend(Place)).describe("Whom the tokens of the text name."),
  problems: z.array(z.string()).describe("Why it would be refused as it is, in sentences; empty when it would not."),
  notes: z.array(z.string()),
  cost_usd: z.number().describe("What the order would cost at most, with the markup."),
});
export type ReadView = z.infer<typeof ReadView>;

/** `GET /v1/portraits`: all portraits of the account, newest first. */
export const PortraitsQuery = z.object({
  face: z.string().optional().describe("Id or username."),
  engine: z.string().optional(),
  favourite: z
    .enum(["true", "false"])
    .transform((value) => value === "true")
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(40),
  cursor: z
    .string()
    .regex(/^por_[0-9a-z]{26}$/, "is no cursor of this list: send next_cursor as it came")
    .optional(),
});
export type PortraitsQuery = z.infer<typeof PortraitsQuery>;

/** `PATCH /v1/portraits/{portrait}`. */
export const UpdatePortraitInput = z.object({ is_favourite: z.boolean() });
export type UpdatePortraitInput = z.infer<typeof UpdatePortraitInput>;

/** `PUT /v1/faces/{face}/picture`. */
export const PictureInput = z.object({ portrait_id: z.string() });
export type PictureInput = z.infer<typeof PictureInput>;
