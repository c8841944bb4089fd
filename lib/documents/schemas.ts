import { z } from "zod";

/** A form field left empty was not filled in. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" || value === null ? undefined : value), schema.optional());

const Label = z.string().trim().min(1).max(200);
const Speaker = z.string().trim().min(1).max(100);

const type = z.enum(["document", "thread"], "must be `document` or `thread`");
const perspective = z.enum(["first-person", "third-person"], "must be `first-person` or `third-person`");

/** The fields beside the file in `POST …/upload`. */
export const UploadFields = z.object({
  type: optional(type).default("document"),
  label: optional(Label),
  perspective: optional(perspective),
  face_speaker: optional(Speaker),
});
export type UploadFields = z.infer<typeof UploadFields>;

/** `POST …/documents`: pasted text. */
export const AddTextInput = UploadFields.extend({ content: z.string() });
export type AddTextInput = z.infer<typeof AddTextInput>;

/** `PATCH …/documents/{id}`: all but the label make a new version, which waits to be compiled. */
export const UpdateDocumentInput = z.object({
  label: Label.optional(),
  content: z.string().optional(),
  perspective: perspective.optional(),
  face_speaker: Speaker.nullish(),
});
export type UpdateDocumentInput = z.infer<typeof UpdateDocumentInput>;

/** A document as routes and pages show it. */
export const DocumentView = z.object({
  id: z.string(),
  face_id: z.string(),
  type,
  label: z.string(),
  source: z.string(),
  mime_type: z.string(),
  perspective,
  face_speaker: z.string().nullable(),
  speakers: z.array(z.string()),
  token_count: z.number(),
  status: z.enum(["pending", "syncing", "synced", "failed"]),
  error: z.string().nullable(),
  version: z.number(),
  chunks_total: z.number(),
  chunks_completed: z.number(),
  counts: z.object({ statements: z.number(), spans: z.number(), dropped: z.number() }),
  tokens_charged: z.number(),
  created_at: z.string(),
  updated_at: z.string(),
  synced_at: z.string().nullable(),
});
export type DocumentView = z.infer<typeof DocumentView>;

/** `GET …/documents/{id}`: with its text, exactly as it is compiled and quoted. */
export const DocumentWithContent = DocumentView.extend({ content: z.string() });
export type DocumentWithContent = z.infer<typeof DocumentWithContent>;
