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
  type: optional(type).describe("Left out: what the file is by its kind."),
  label: optional(Label),
  perspective: optional(perspective),
  face_speaker: optional(Speaker),
  name: optional(z.string().trim().min(1).max(100)).describe(
    "What the face is called, and its pronouns: become the face's own when it has none.",
  ),
  pronouns: optional(z.string().trim().min(1).max(40)),
});
export type UploadFields = z.infer<typeof UploadFields>;
export type SourceType = z.infer<typeof type>;

/** `POST …/documents`: pasted text. */
export const AddTextInput = UploadFields.extend({ type: optional(type).default("document"), content: z.string() });
export type AddTextInput = z.infer<typeof AddTextInput>;

/** `PATCH …/documents/{id}`: all but the label make a new version, which waits to be compiled. */
export const UpdateDocumentInput = z.object({
  label: Label.optional(),
  type: type.optional(),
  content: z.string().optional(),
  perspective: perspective.optional(),
  face_speaker: Speaker.nullish(),
});
export type UpdateDocumentInput = z.infer<typeof UpdateDocumentInput>;

/** What the owner of a document should know of it, such as `not_english` or `needs_name`. */
export const DocumentNote = z.object({ code: z.string(), message: z.string() });
export type DocumentNote = z.infer<typeof DocumentNote>;

/** The notes of a row, whatever stands there. */
export const DocumentNotes = z.array(DocumentNote).catch([]);

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
  format: z
    .string()
    .describe("What was read: text, markdown, pdf, docx, html, epub, subtitles, transcript, whatsapp, telegram, …"),
  source_url: z.string().nullable(),
  byte_size: z.number().nullable().describe("Of the file as it came; null for pasted text."),
  media_seconds: z.number().nullable(),
  notes: z.array(DocumentNote),
  token_count: z.number(),
  status: z.enum(["transcribing", "pending", "syncing", "synced", "failed"]),
  error: z.string().nullable(),
  version: z.number(),
  chunks_total: z.number(),
  chunks_completed: z.number(),
  counts: z.object({ statements: z.number(), spans: z.number(), dropped: z.number() }),
  findings: z.number().describe("Passages that are shown to the owner and never compiled."),
  tokens_charged: z.number(),
  created_at: z.string(),
  updated_at: z.string(),
  synced_at: z.string().nullable(),
});
export type DocumentView = z.infer<typeof DocumentView>;

/** `GET …/documents/{id}`: with its text, exactly as it is compiled and quoted. */
export const DocumentWithContent = DocumentView.extend({ content: z.string() });
export type DocumentWithContent = z.infer<typeof DocumentWithContent>;

/** `POST …/speakers`: who speaks in a file that was not stored. */
export const SpeakersPreview = z.object({
  format: z.string(),
  speakers: z.array(z.object({ name: z.string(), turns: z.number(), words: z.number(), sample: z.array(z.string()) })),
  suggested: z.string().nullable(),
});
export type SpeakersPreview = z.infer<typeof SpeakersPreview>;

/** `GET …/upload`: what may be uploaded. `transcription` is null where no speech model is configured. */
export const UploadLimits = z.object({
  max_text_bytes: z.number(),
  max_recording_bytes: z.number(),
  transcription: z.object({ model: z.string(), usd_per_minute: z.number() }).nullable(),
});
export type UploadLimits = z.infer<typeof UploadLimits>;
