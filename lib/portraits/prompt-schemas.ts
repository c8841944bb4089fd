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
