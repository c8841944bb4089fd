import type { Ctx } from "@/lib/auth/context";
import { countReleasable } from "@/lib/billing/release-compile-quota";
import type { DocumentRow } from "@/lib/documents/document-views";
import { requireDocument } from "@/lib/documents/require-document";
import { NotFoundError } from "@/lib/errors";
import type { DeletionReceipt } from "./delete-document";
import { buildStored } from "./link-graph";
import { readOverrides } from "./primitive-overrides";
import { readCompiledSources } from "./read-statements";

/**
 * The receipt that deleting a document would leave: the graph without it is built as the deletion builds it, and
 * thrown away. Nothing changes.
 *
 * @throws {NotFoundError}
 */
export async function previewDeletion(ctx: Ctx, ref: { face: string; document: string }): Promise<DeletionReceipt> {
  const row = await requireDocument(ctx, ref);
  const [tokens_released, primitives] = await Promise.all([
    countReleasable(ctx.db, { accountId: ctx.actor.accountId, documentId: row.id }),
    countPrimitives(ctx, row),
  ]);
  return { deleted: false, primitives_removed: primitives.removed, primitives_kept: primitives.kept, tokens_released };
}

async function countPrimitives(
  ctx: Ctx,
  { id, faceId, compiledVersion }: DocumentRow,
): Promise<{ removed: number; kept: number }> {
  if (compiledVersion === null) return { removed: 0, kept: 0 };
  const face = await ctx.db.face.findUnique({ where: { id: faceId } });
  if (face === null) throw new NotFoundError("The face");
  const [current, touched, overrides] = await Promise.all([
    readCompiledSources(ctx.db, faceId),
    ctx.db.primitive.findMany({
      where: { faceId, statements: { some: { documentId: id } } },
      select: { id: true },
    }),
    readOverrides(ctx.db, faceId),
  ]);
  const sources = current.filter(({ documentId }) => documentId !== id);
  const graph = await buildStored(ctx.db, face, { sources, overrides }, ctx.signal);
  const left = new Set(JSON.parse(graph.kept.primitives) as string[]);
  const kept = touched.filter((primitive) => left.has(primitive.id)).length;
  return { removed: touched.length - kept, kept };
}
