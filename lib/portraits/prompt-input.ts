import { z } from "zod";
import { parse } from "@/lib/http/parse";
import { isJsonObject, type JsonObject } from "@/lib/json";
import { leastSide, mostSide } from "./order-size";
import { highestSeed, mostImages } from "./prompt-schemas";
import { blank, wireBoolean, wireInteger, wireNumber, wireText } from "./wire-values";

export const mostTextLength = 5_000;
const tooLong = `must be at most ${mostTextLength} characters long`;

const Image = z.preprocess(blank, z.any()).describe("An image: JPEG, PNG or WebP.");

/** A side in pixels: Astria's own are multiples of eight. */
const side = wireInteger(leastSide, mostSide).refine(
  (value) => value === undefined || value % 8 === 0,
  "must be a multiple of 8",
);

/** `POST /tunes/{id}/prompts`: what stands in `prompt`. */
export const PromptInput = z.object({
  text: z
    .preprocess(blank, z.string("is missing").trim().min(1, "is missing").max(mostTextLength, tooLong))
    .describe("What to make, with a `<faceid:ID:strength>` for each person."),
  negative_prompt: wireText(mostTextLength).describe("What shall not be in it."),
  callback: wireText(2_000).describe("Told by POST with `{prompt}` when it has ended."),
  num_images: wireInteger(1, mostImages),
  seed: wireInteger(0, highestSeed).describe("Of the first image; each further one gets the next number."),
  w: side.describe("Width in pixels."),
  h: side.describe("Height in pixels."),
  aspect_ratio: wireText(20).describe("Instead of `w` and `h`: `4:5`."),
  ar: wireText(20).describe("The same as `aspect_ratio`."),
  super_resolution: wireBoolean.describe("Twice as large."),
  face_correct: wireBoolean.describe("A mild clean-up of the face."),
  face_swap: wireBoolean.describe("With `input_image`: puts the face into it."),
  inpaint_faces: wireBoolean,
  style: wireText(60),
  engine: wireText(120).describe("What makes it; see GET /v1/portraits/engines."),
  input_image: Image,
  input_image_url: wireText(2_000).describe("A public address of the image, instead of the file."),
  mask_image: Image.describe("White may change, black stays."),
  mask_image_url: wireText(2_000),
  denoising_strength: wireNumber(0, 1),
  cfg_scale: wireNumber(0, 100),
  steps: wireInteger(0, 1_000),
  controlnet_conditioning_scale: wireNumber(-10, 10),
  controlnet_txt2img: wireBoolean,
});
export type PromptInput = z.infer<typeof PromptInput>;

/** The whole body, for the API's document. */
export const PromptForm = z.object({ prompt: PromptInput });

/** What Rails itself sends along. */
const silent = new Set(["utf8", "authenticity_token", "commit"]);

/**
 * Reads the fields of a prompt, whatever form they came in.
 *
 * @returns also the names of fields that nothing is made of
 * @throws {InvalidInputError} naming the first that is wrong, as `prompt.text`
 */
export function readPromptInput(fields: JsonObject): { input: PromptInput; unknown: string[] } {
  const { prompt } = parse(PromptForm, { prompt: fields });
  const unknown = Object.keys(fields).filter((name) => !(name in PromptInput.shape) && !silent.has(name));
  const told = unknown.filter((name) => !isEmpty(fields[name])).map((name) => name.slice(0, 60).toWellFormed());
  return { input: prompt, unknown: told };
}

function isEmpty(value: unknown): boolean {
  return blank(value) === undefined || (isJsonObject(value) && Object.keys(value).length === 0);
}
