import { z } from "zod";

/** The fields of an order besides its text, as they were understood; kept with it. */
export const PromptOptions = z.object({
  super_resolution: z.boolean().default(false),
  face_correct: z.boolean().default(false),
  face_swap: z.boolean().default(false),
  inpaint_faces: z.boolean().default(false),
  style: z.string().nullable().default(null),
  denoising_strength: z.number().min(0).max(1).nullable().default(null),
  cfg_scale: z.number().nullable().default(null),
  steps: z.number().int().nullable().default(null),
  controlnet_conditioning_scale: z.number().nullable().default(null),
  controlnet_txt2img: z.boolean().default(false),
  aspect_ratio: z.string().nullable().default(null),
});
export type PromptOptions = z.infer<typeof PromptOptions>;

/** At most so many images in one order. */
export const mostImages = 8;
/** Seeds are Astria's: 32 bits without a sign. */
export const highestSeed = 2 ** 32 - 1;

export const PromptStatus = z.enum(["queued", "running", "done", "failed", "cancelled"]);
export type PromptStatus = z.infer<typeof PromptStatus>;

export const UnderstoodWords = z.object({ words: z.string(), meaning: z.string() });
export const IgnoredWords = z.object({ words: z.string(), why: z.string() });

/**
 * An order on Astria's wire: its own fields in its own order, then ours. It is done when `images` is not empty, and
 * has failed when `user_error` is set.
 */
export const PromptView = z.object({
  id: z.number().int(),
  callback: z.string().nullable(),
  text: z.string(),
  negative_prompt: z.string(),
  cfg_scale: z.number().nullable(),
  steps: z.number().int().nullable(),
  seed: z.number().int().describe("Of the first image; each further one has the next number."),
  super_resolution: z.boolean(),
  ar: z.string().describe("The shape, as `4:5`."),
  num_images: z.number().int(),
  controlnet_conditioning_scale: z.number().nullable(),
  controlnet_txt2img: z.boolean(),
  denoising_strength: z.number().nullable(),
  trained_at: z.string().nullable().describe("When its images were there; null until then."),
  started_training_at: z.string().nullable().describe("When work on it began."),
  created_at: z.string(),
  updated_at: z.string(),
  tune_id: z.number().int().describe("The number in the path it was posted to."),
  url: z.string(),
  images: z.array(z.string()).describe("Signed addresses, which expire after a day. Empty until all are made."),
  user_error: z.string().nullable().describe("Why it failed or was stopped, in words."),
  w: z.number().int(),
  h: z.number().int(),
  style: z.string().nullable(),
  face_correct: z.boolean(),
  face_swap: z.boolean(),
  inpaint_faces: z.boolean(),
  engine: z.string(),
  status: PromptStatus,
  identity_scores: z
    .array(z.number().nullable())
    .describe("One for each image: how near its face is to the photos, -1 to 1; null where none was found."),
  understood: z.array(UnderstoodWords).describe("Words of the text and what was made of them."),
  ignored: z.array(IgnoredWords).describe("Words of the text that nothing was made of, and why."),
  notes: z.array(z.string()).describe("What one should know of the order and of its result."),
  cost_usd: z.number(),
});
export type PromptView = z.infer<typeof PromptView>;
