import type { Ctx } from "@/lib/auth/context";
import { releaseCompileQuota } from "@/lib/billing/release-compile-quota";
import { transaction } from "@/lib/db/transaction";
import { requireDocument } from "@/lib/documents/require-document";
import { NotFoundError } from "@/lib/errors";
import { lockFace } from "@/lib/faces/require-face";
import { linkGraph } from "./link-graph";

/** The receipt of a deletion. */
export type DeletedDocument = {
  deleted: true;
  primitives_removed: number;
  primitives_kept: number;
  tokens_released: number;
};

/**
 * Deletes a document and exactly what it brought into the graph: afterwards the graph is the same as one compiled
 * from what remains. A sync that is compiling it notices and goes on without it.
 *
 * @throws {NotFoundError}
 */
export async function deleteDocument(ctx: Ctx, ref: { face: string; document: string }): Promise<DeletedDocument> {
  const row = await requireDocument(ctx, ref);
  return transaction(ctx.db, async (tx) => {
    await lockFace(tx, row.faceId);
    const touched = await tx.primitive.findMany({
      where: { faceId: row.faceId, statements: { some: { documentId: row.id } } },
      select: { key: true },
    });
    const deleted = await tx.document.deleteMany({ where: { id: row.id } });
    if (deleted.count === 0) throw new NotFoundError("The document");
    const { accountId } = ctx.actor;
    const released = await releaseCompileQuota(tx, { accountId, documentId: row.id });
    await linkGraph(tx, row.faceId);
    const keys = touched.map(({ key }) => key);
    const kept = await tx.primitive.count({ where: { faceId: row.faceId, key: { in: keys } } });
    return {
      deleted: true,
      primitives_removed: keys.length - kept,
      primitives_kept: kept,
      tokens_released: released,
    };
  });
}
