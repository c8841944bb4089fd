import type { Ctx } from "@/lib/auth/context";
import type { DbOrTransaction } from "@/lib/db/client";
import { NotFoundError } from "@/lib/errors";
import { sourceFaceIds } from "@/lib/faces/parts";
import { requireFace, requireReadableFace } from "@/lib/faces/require-face";
import { type DocumentRow, toDocumentView } from "./document-views";
import type { DocumentWithContent } from "./schemas";

type Ref = { face: string; document: string };

/** A document of one's own face, to be changed. @throws {NotFoundError} */
export async function requireDocument(ctx: Ctx, ref: Ref, db: DbOrTransaction = ctx.db): Promise<DocumentRow> {
  const face = await requireFace(ctx, ref.face, db);
  return requireIn(db, [face.id], ref.document);
}

/** A document with its newest text. @throws {NotFoundError} */
export async function readDocument(
  ctx: Ctx,
  ref: Ref & { version?: number | undefined },
): Promise<DocumentWithContent> {
  const face = await requireReadableFace(ctx, ref.face);
  const row = await requireIn(ctx.db, sourceFaceIds(face), ref.document);
  const version = ref.version ?? row.version;
  const text = await ctx.db.documentVersion.findUnique({
    where: { documentId_version: { documentId: row.id, version } },
  });
  if (text === null) throw new NotFoundError(`Version ${version} of the document`);
  return { ...(await toDocumentView(ctx.db, row)), content: text.content };
}

async function requireIn(db: DbOrTransaction, faceIds: string[], id: string): Promise<DocumentRow> {
  const row = await db.document.findFirst({ where: { id, faceId: { in: faceIds } } });
  if (row === null) throw new NotFoundError("The document");
  return row;
}
