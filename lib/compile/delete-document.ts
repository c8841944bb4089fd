import type { Ctx } from "@/lib/auth/context";
import { releaseCompileQuota } from "@/lib/billing/release-compile-quota";
import type { Transaction } from "@/lib/db/client";
import { toJson } from "@/lib/db/json";
import { transaction } from "@/lib/db/transaction";
import { requireDocument } from "@/lib/documents/require-document";
import { NotFoundError } from "@/lib/errors";
import { lockFace } from "@/lib/faces/require-face";
import { linkGraph } from "./link-graph";
import { measureFaceVoice } from "./measure-face-voice";

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
    const now = await tx.document.findUnique({ where: { id: row.id }, select: { compiledVersion: true } });
    if (now === null) throw new NotFoundError("The document");
    await tx.document.deleteMany({ where: { id: row.id } });
    const { accountId } = ctx.actor;
    const released = await releaseCompileQuota(tx, { accountId, documentId: row.id });
    // what never was in the graph takes nothing out of it
    if (now.compiledVersion !== null) await withoutIt(tx, row);
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

/** Links what remains; of a thread the voice was measured too, and it holds lines of it. */
async function withoutIt(tx: Transaction, { faceId, type }: { faceId: string; type: string }): Promise<void> {
  await linkGraph(tx, faceId);
  if (type !== "thread") return;
  const voice = await measureFaceVoice(tx, faceId);
  await tx.face.update({ where: { id: faceId }, data: { voice: toJson(voice) } });
}
