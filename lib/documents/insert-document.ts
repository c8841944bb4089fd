import type { Readable } from "node:stream";
import type { Ctx } from "@/lib/auth/context";
import type { Prisma, Transaction } from "@/lib/db/client";
import { isUniqueViolation, transaction } from "@/lib/db/transaction";
import { NotFoundError } from "@/lib/errors";
import { afterUpload, releaseFile, storageKeyOf } from "@/lib/faces/release-file.job";
import { requireConcrete } from "@/lib/faces/parts";
import type { FaceRow } from "@/lib/faces/require-face";
import { newId } from "@/lib/ids";
import { store } from "@/lib/storage/store";
import { type DocumentRow, toDocumentView } from "./document-views";
import type { DocumentView, UploadFields } from "./schemas";

/** A file as it came. `open` is called once. */
export type OriginalFile = { byteSize: number; mimeType: string; open(): Uint8Array | Readable };

/** What belongs to the row and is written in its transaction, such as the job that goes on with it. */
export type OnCreate = (tx: Transaction, row: DocumentRow) => Promise<void>;

/** The columns of a new document, but for those that are found out here. */
export type DocumentColumns = Omit<Prisma.DocumentUncheckedCreateInput, "id" | "faceId" | "storageKey" | "byteSize">;

/**
 * Stores a document and its file: the file before the row, so that no row points at nothing, and a job that removes the
 * file should the row never come. The same bytes are one document, also when two requests race.
 *
 * @param original null for what has no file, such as pasted text
 * @param onCreate runs in the transaction of the row, when there is a new one
 */
export async function insertDocument(
  ctx: Ctx,
  face: FaceRow,
  columns: DocumentColumns,
  original: OriginalFile | null,
  onCreate: OnCreate = async () => undefined,
): Promise<DocumentView> {
  const documentId = newId("document");
  const file = { faceId: face.id, documentId };
  const data = { ...columns, id: documentId, faceId: face.id };
  if (original === null) return toDocumentView(ctx.db, await createOrFind(ctx, data, onCreate));
  await transaction(ctx.db, (tx) => releaseFile.enqueue(tx, file, afterUpload()));
  const key = storageKeyOf(file);
  await store().put(key, original.open(), { contentType: original.mimeType });
  try {
    const row = await createOrFind(ctx, { ...data, storageKey: key, byteSize: original.byteSize }, onCreate);
    // another request was first: its file stands for both
    if (row.id !== documentId) await store().delete(key);
    return await toDocumentView(ctx.db, row);
  } catch (error) {
    if ((await ctx.db.document.count({ where: { id: documentId } })) === 0) await store().delete(key);
    throw error;
  }
}

/** The document that has these bytes already. @param contentHash sha256, hex */
export function findByHash(ctx: Ctx, faceId: string, contentHash: string): Promise<DocumentRow | null> {
  return ctx.db.document.findUnique({ where: { faceId_contentHash: { faceId, contentHash } } });
}

/** Gives the face the name and pronouns told with a source about it, where it has none of its own. */
export async function nameFace(ctx: Ctx, face: FaceRow, { name, pronouns }: Naming): Promise<FaceRow> {
  const isNew = (told: string | undefined, own: string | null): told is string => told !== undefined && !own;
  const { id } = face;
  if (isNew(name, face.name)) {
    await ctx.db.face.updateMany({ where: { id, OR: [{ name: null }, { name: "" }] }, data: { name } });
  }
  if (isNew(pronouns, face.pronouns)) {
    await ctx.db.face.updateMany({ where: { id, OR: [{ pronouns: null }, { pronouns: "" }] }, data: { pronouns } });
  }
  return withNaming(face, { name, pronouns });
}

type Naming = Pick<UploadFields, "name" | "pronouns">;

/** The face as it will be once it is named. */
export function withNaming(face: FaceRow, { name, pronouns }: Naming): FaceRow {
  return { ...face, name: face.name || name || null, pronouns: face.pronouns || pronouns || null };
}

async function createOrFind(
  ctx: Ctx,
  data: Prisma.DocumentUncheckedCreateInput,
  onCreate: OnCreate,
): Promise<DocumentRow> {
  try {
    return await transaction(ctx.db, async (tx) => {
      const row = await tx.document.create({ data });
      // the row refers to its face: from here on it gets no formula
      await requireConcrete(tx, await tx.face.findUniqueOrThrow({ where: { id: data.faceId } }));
      await onCreate(tx, row);
      return row;
    });
  } catch (error) {
    const raced = isUniqueViolation(error) ? await findByHash(ctx, data.faceId, data.contentHash) : null;
    if (raced !== null) return raced;
    // the face may have been deleted meanwhile
    if ((await ctx.db.face.count({ where: { id: data.faceId } })) === 0) throw new NotFoundError("The face");
    throw error;
  }
}
