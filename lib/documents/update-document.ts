import type { Ctx } from "@/lib/auth/context";
import { isUniqueViolation, transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { lockFace, requireFace } from "@/lib/faces/require-face";
import { hashContent, measure, requireContent } from "./add-document";
import { chooseSpeaker } from "./choose-speaker";
import { type DocumentRow, toDocumentView } from "./document-views";
import { languageNotes } from "./formats/language";
import { requireDocument } from "./require-document";
import {
  type DocumentNote,
  DocumentNotes,
  type DocumentView,
  type SourceType,
  type UpdateDocumentInput,
} from "./schemas";

/**
 * Changes a document. A new text, type, perspective or speaker makes a new version, which waits to be compiled; until then
 * the version that is in the graph stays there.
 *
 * @throws {NotFoundError}
 * @throws {AppError} `unreadable`, `invalid_input` as when it was added; `conflict` another document has this text
 */
export async function updateDocument(
  ctx: Ctx,
  { face, document, ...input }: UpdateDocumentInput & { face: string; document: string },
): Promise<DocumentView> {
  const row = await requireDocument(ctx, { face, document });
  const owner = await requireFace(ctx, face);
  const type = input.type ?? (row.type as SourceType);
  const content = input.content === undefined ? undefined : requireContent(input.content);
  // a conversation is cut at its turns: the same words are other pieces when they are read as one
  const isOtherType = type !== row.type;
  const measuredText = content ?? (isOtherType ? await currentText(ctx, row) : undefined);
  const measured = measuredText === undefined ? undefined : await measure(measuredText, type, ctx.signal);
  const wanted = input.face_speaker === undefined ? row.faceSpeaker : input.face_speaker;
  const faceSpeaker = chooseSpeaker(
    { type, face_speaker: wanted ?? undefined },
    measured?.speakers ?? row.speakers,
    owner,
  );
  const updated = await transaction(ctx.db, async (tx) => {
    await lockFace(tx, row.faceId);
    const now = await requireDocument(ctx, { face, document }, tx);
    const perspective = input.perspective ?? now.perspective;
    // what this call says nothing about stays as it is by now, not as it was when the call came in
    if (isOtherType && now.version !== row.version) throw changedMeanwhile();
    const isSpeakerGiven = input.face_speaker !== undefined || measured !== undefined;
    const speaker = isSpeakerGiven ? faceSpeaker : now.faceSpeaker;
    const isNewVersion =
      content !== undefined || isOtherType || perspective !== now.perspective || speaker !== now.faceSpeaker;
    const label = input.label === undefined ? {} : { label: input.label };
    if (!isNewVersion) return tx.document.update({ where: { id: row.id }, data: label });
    // a recording without its text yet: how it is to be read is told in advance, and its transcript still comes
    if (content === undefined && now.tokenCount === 0) {
      return tx.document.update({ where: { id: row.id }, data: { ...label, perspective } });
    }
    const version = now.version + 1;
    const key = { documentId: row.id, version: now.version };
    const before = await tx.documentVersion.findUniqueOrThrow({ where: { documentId_version: key } });
    await tx.documentVersion.create({ data: { documentId: row.id, version, content: content ?? before.content } });
    return tx.document.update({
      where: { id: row.id },
      data: {
        ...label,
        version,
        type: isOtherType ? type : now.type,
        perspective,
        faceSpeaker: speaker,
        status: "pending",
        error: null,
        // the hash is of what stands there now: the original may be uploaded beside it again
        ...(content === undefined
          ? {}
          : { contentHash: hashContent(Buffer.from(content)), notes: notesOf(now.notes, content) }),
        ...(measured === undefined
          ? {}
          : { tokenCount: measured.tokens, chunksTotal: measured.chunks, speakers: measured.speakers }),
      },
    });
  }).catch((error: unknown) => {
    if (!isUniqueViolation(error)) throw error;
    throw new AppError("conflict", "Another document of this face has exactly this text.", { param: "content" });
  });
  return toDocumentView(ctx.db, updated);
}

async function currentText(ctx: Ctx, { id, version }: DocumentRow): Promise<string> {
  const where = { documentId_version: { documentId: id, version } };
  return (await ctx.db.documentVersion.findUniqueOrThrow({ where })).content;
}

function changedMeanwhile(): AppError {
  return new AppError("conflict", "The document was changed by somebody else meanwhile. Look at it again.");
}

/** What was noted of the old words goes with them; what was noted of the file stays. */
function notesOf(before: unknown, content: string): DocumentNote[] {
  const kept = DocumentNotes.parse(before).filter(({ code }) => code !== "not_english");
  return [...kept, ...languageNotes(content)];
}
