import { z } from "zod";
import { FaceReading } from "@/lib/vision/face-reading";
import { blank, wireBoolean, wireInteger, wireList, wireText } from "./wire-values";

/** At most so many photos in a tune. */
export const mostPhotos = 30;
/** Megabytes of one photo. */
export const maxPhotoMb = 20;
/** Days until a tune goes with all that was made of it. */
export const keptDays = 30;

/** Something its owner should know of the photos, as a sentence; `photo` counts from 1, null is all of them. */
export const TuneNote = z.object({ code: z.string(), message: z.string(), photo: z.number().int().nullable() });
export type TuneNote = z.infer<typeof TuneNote>;

/** Who said that the person agrees, in which words. */
export const Consent = z.object({
  by: z.string().describe("Who said so: `key:…` by its name, or `person`."),
  how: z.enum(["checkbox", "words", "vouched"]).describe("On the page, in words of the request, or by calling at all."),
  text: z.string(),
  at: z.string(),
});
export type Consent = z.infer<typeof Consent>;

/** A tune on Astria's wire: its own fields in its own order, then ours. */
export const TuneView = z.object({
  id: z.number().int(),
  title: z.string(),
  name: z.string().nullable().describe("What the person is: man, woman, person …"),
  is_api: z.boolean(),
  token: z.string(),
  eta: z.string().nullable(),
  callback: z.string().nullable(),
  trained_at: z.string().nullable().describe("Set at once: nothing is trained."),
  started_training_at: z.string().nullable(),
  expires_at: z.string().nullable().describe("Photos, what was measured of them and portraits are removed then."),
  created_at: z.string(),
  model_type: z.string().nullable(),
  updated_at: z.string(),
  base_tune_id: z.number().int().nullable(),
  branch: z.string().nullable(),
  args: z.string().nullable(),
  steps: z.number().int().nullable(),
  face_crop: z.boolean().nullable(),
  ckpt_url: z.string().nullable(),
  ckpt_urls: z.array(z.string()),
  url: z.string(),
  orig_images: z.array(z.string()).describe("Signed addresses of the photos, which expire after a day."),
  face: z.string().nullable().describe("The face whose portraits these are."),
  auto_extend: z.boolean().describe("Whether each use moves `expires_at`."),
  notes: z.array(TuneNote).describe("What one should know of the photos."),
  consent: Consent,
});
export type TuneView = z.infer<typeof TuneView>;

/** A photo as pages show it. */
export const PhotoView = z.object({
  id: z.string(),
  file_name: z.string(),
  url: z.string().describe("Signed, relative to this host, good for a day."),
  small_url: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  byte_size: z.number().int(),
  reading: FaceReading.describe("What was measured of the face."),
});
export type PhotoView = z.infer<typeof PhotoView>;

/** A tune as pages show it. Addresses are relative to this host. */
export const TuneDetail = TuneView.extend({ photos: z.array(PhotoView) });
export type TuneDetail = z.infer<typeof TuneDetail>;

/** What was found in a photo that was only looked at. */
export const PhotoCheck = z.object({
  file_name: z.string(),
  is_good: z.boolean(),
  code: z.string().nullable().describe("Why it cannot be used: no_face, several_faces, too_small, blurred …"),
  message: z.string().nullable().describe("The same as a sentence."),
  notes: z.array(TuneNote).describe("What is not at its best, though it can be used."),
  reading: FaceReading.nullable(),
});
export type PhotoCheck = z.infer<typeof PhotoCheck>;

export const PhotosCheck = z.object({
  photos: z.array(PhotoCheck),
  notes: z.array(TuneNote).describe("Of all together: whether they are one person."),
});
export type PhotosCheck = z.infer<typeof PhotosCheck>;

/** An attempt to tell a callback. */
export const DeliveryView = z.object({
  id: z.string(),
  kind: z.enum(["tune", "prompt"]),
  subject_id: z.number().int(),
  url: z.string(),
  status: z.enum(["waiting", "delivered", "failed"]),
  attempts: z.number().int(),
  response_status: z.number().int().nullable(),
  error: z.string().nullable(),
  created_at: z.string(),
  delivered_at: z.string().nullable(),
});
export type DeliveryView = z.infer<typeof DeliveryView>;

const File = z.any().describe("A photo: JPEG, PNG, WebP, GIF, AVIF or TIFF, up to 20 MB and 50 megapixels.");
const Url = z.string("must be a web address").trim().max(2_000);

/** The fields of a tune that may be sent, in any of the forms. Whatever else Astria takes is left alone. */
const fields = {
  title: wireText(200).describe("What it is called."),
  name: wireText(60).describe("What the person is: man, woman, person …"),
  branch: wireText(40).describe("`fast`: a rehearsal; prompts get placeholders, and nothing costs."),
  callback: wireText(2_000).describe("Told by POST with `{tune}` when it is ready."),
  token: wireText(40),
  steps: wireInteger(1, 100_000),
  face_crop: wireBoolean,
  args: wireText(500),
  face: wireText(64).describe("The face whose portraits these are, by id or username."),
  auto_extend: wireBoolean.describe("Whether each use moves `expires_at`."),
  images: wireList(File, mostPhotos).describe("Photos of the person; one is enough."),
  image_urls: wireList(Url, mostPhotos).describe("Public addresses of photos."),
};

/** `POST /tunes`: what stands in `tune`. */
export const CreateTuneInput = z.object({
  ...fields,
  title: z
    .preprocess(
      blank,
      z.string("is missing").trim().min(1, "is missing").max(200, "must be at most 200 characters long"),
    )
    .describe("What it is called."),
  model_type: wireText(40).describe("`faceid`, also when it is left out: nothing is trained here."),
  base_tune_id: wireInteger(1, 2 ** 31 - 1).describe("Kept as it comes: the base models are Astria's."),
  consent: wireText(2_000).describe("In words: that the person agrees. Without it the caller vouches by calling."),
  prompts_attributes: z.array(z.looseObject({})).max(20).optional().describe("Prompts to make at once."),
});
export type CreateTuneInput = z.infer<typeof CreateTuneInput>;

/** `PATCH /tunes/{id}`: what stands in `tune`. Photos are added to those that are there. */
export const UpdateTuneInput = z.object(fields);
export type UpdateTuneInput = z.infer<typeof UpdateTuneInput>;

/** The whole body, for the API's document. */
export const CreateTuneForm = z.object({ tune: CreateTuneInput });
export const UpdateTuneForm = z.object({ tune: UpdateTuneInput });

/** `GET /tunes`. */
export const ListTunesQuery = z.object({
  limit: z.coerce.number("must be a number").int().min(1).max(120).default(20),
  before_id: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1)
    .optional()
    .describe("Only those that are older."),
  offset: z.coerce.number().int().min(0).default(0).describe("How many to pass over, at most 1000: use before_id."),
  title: z.string().max(200).optional().describe("Only those called so."),
  face: z.string().max(64).optional(),
  page: z.coerce.number().int().optional(),
});
export type ListTunesQuery = z.infer<typeof ListTunesQuery>;
