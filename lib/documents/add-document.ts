import { createHash } from "node:crypto";
import type { Ctx } from "@/lib/auth/context";
import { runTask } from "@/lib/compute/pool";
import { isUniqueViolation } from "@/lib/db/transaction";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type FaceRow, requireFace } from "@/lib/faces/require-face";
import { newId } from "@/lib/ids";
import { type DocumentRow, toDocumentView } from "./document-views";
import { extractText, requireText } from "./extract-text";
import { readUpload } from "./read-upload";
import { type AddTextInput, type DocumentView, UploadFields } from "./schemas";
import { parse } from "@/lib/http/parse";

const measureTimeoutMs = 60_000;

type NewDocument = UploadFields & { text: string; bytes: Uint8Array; mimeType: string; name: string; source: string };

/**
 * Adds an uploaded file to a face. It is staged: nothing is compiled before a sync.
 *
 * @throws {NotFoundError} the face
 * @throws {AppError} `too_large`, `unsupported_type`, `unreadable` or `invalid_input`, each with its reason
 */
export async function addUploadedDocument(ctx: Ctx, face: string, request: Request): Promise<DocumentView> {
  // first: nobody's upload is read for a face that is not there
  const row = await requireFace(ctx, face);
  const upload = await readUpload(request);
  const fields = parse(UploadFields, upload.fields);
  const { text, mimeType } = await extractText(upload.bytes, upload.fileName, ctx.signal);
  return addDocument(ctx, row, {
    ...fields,
    text,
    mimeType,
    bytes: upload.bytes,
    name: upload.fileName,
    source: "upload",
  });
}

/** Adds pasted text to a face. @throws as `addUploadedDocument` */
export async function addTextDocument(ctx: Ctx, input: AddTextInput & { face: string }): Promise<DocumentView> {
  const row = await requireFace(ctx, input.face);
  const text = requireContent(input.content);
  const bytes = Buffer.from(text);
  return addDocument(ctx, row, { ...input, text, bytes, mimeType: "text/plain", name: "Pasted text", source: "paste" });
}

/**
 * The same bytes twice are one document: browsers retry uploads, and a duplicate would be stored, billed and compiled
 * again.
 */
async function addDocument(ctx: Ctx, face: FaceRow, input: NewDocument): Promise<DocumentView> {
  const faceId = face.id;
  const contentHash = hashContent(input.bytes);
  const existing = await findByHash(ctx, faceId, contentHash);
  if (existing !== null) return toDocumentView(ctx.db, existing);
  const measured = await measure(input.text, input.type, ctx.signal);
  const faceSpeaker = chooseSpeaker(input, measured.speakers, face);
  const data = {
    id: newId("document"),
    faceId,
    type: input.type,
    label: input.label ?? input.name,
    source: input.source,
    mimeType: input.mimeType,
    perspective: input.perspective ?? "first-person",
    faceSpeaker,
    speakers: measured.speakers,
    contentHash,
    tokenCount: measured.tokens,
    chunksTotal: measured.chunks,
    versions: { create: { version: 1, content: input.text } },
  };
  try {
    return await toDocumentView(ctx.db, await ctx.db.document.create({ data }));
  } catch (error) {
    const raced = isUniqueViolation(error) ? await findByHash(ctx, faceId, contentHash) : null;
    if (raced === null) throw error;
    return toDocumentView(ctx.db, raced);
  }
}

/** What tells the same content again: the sha256 of its bytes, hex. */
export function hashContent(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** A text from a JSON body that may be a document's. @throws {AppError} `unreadable`, `unsupported_type`, `too_large` */
export function requireContent(content: string): string {
  const text = requireText(content, "the text");
  if (Buffer.byteLength(text) <= env().MAX_UPLOAD_MB * 1024 * 1024) return text;
  throw new AppError("too_large", `The text is larger than ${env().MAX_UPLOAD_MB} MB.`, { param: "content" });
}

/** Size and speakers of a text, read the way that compiling reads it, so that a quote for it is exact. */
export function measure(text: string, type: UploadFields["type"], signal: AbortSignal) {
  return runTask("measureText", { text, type }, { signal, timeoutMs: measureTimeoutMs });
}

/**
 * Who the face is in a thread, in the thread's own spelling: as told, else the speaker who bears its name.
 *
 * @throws {AppError} `unreadable` nobody speaks; `invalid_input` nobody of that name does, or nobody was named and none
 *   bears the face's: compiling other people's turns would charge for nothing
 */
export function chooseSpeaker(
  input: Pick<UploadFields, "type" | "face_speaker">,
  speakers: string[],
  face: Pick<FaceRow, "username" | "name" | "aliases">,
): string | null {
  if (input.type === "document") return null;
  if (speakers.length === 0) {
    throw new AppError("unreadable", "No turns were found: a thread has lines that begin with `Speaker: `.", {
      param: "file",
    });
  }
  const names = [face.username, face.name ?? "", (face.name ?? "").split(/\s+/u)[0] ?? "", ...face.aliases];
  const wanted = (input.face_speaker === undefined ? names : [input.face_speaker]).map((name) => name.toLowerCase());
  const found = speakers.find((speaker) => wanted.includes(speaker.toLowerCase()));
  if (found !== undefined) return found;
  const who =
    input.face_speaker === undefined
      ? "Say in `face_speaker` who the face is: nobody in this thread bears its name."
      : `${input.face_speaker} does not speak in this thread.`;
  throw new AppError("invalid_input", `${who} Speakers: ${speakers.slice(0, 10).join(", ")}.`, {
    param: "face_speaker",
  });
}

function findByHash(ctx: Ctx, faceId: string, contentHash: string): Promise<DocumentRow | null> {
  return ctx.db.document.findUnique({ where: { faceId_contentHash: { faceId, contentHash } } });
}
