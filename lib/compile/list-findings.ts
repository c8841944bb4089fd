import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import type { DbOrTransaction } from "@/lib/db/client";
import { requireFace } from "@/lib/faces/require-face";
import { Page, PageQuery } from "@/lib/http/page";

/** `GET …/findings?document=&limit=&cursor=`. */
export const ListFindingsQuery = PageQuery.extend({ document: z.string().max(64).optional() });
export type ListFindingsQuery = z.infer<typeof ListFindingsQuery>;

/** Something in a source that its owner should see, and that never became a statement. */
export const FindingView = z.object({
  id: z.string(),
  kind: z.enum(["instruction", "unclear_subject"]),
  document_id: z.string(),
  version: z.number(),
  start: z.number(),
  end: z.number(),
  quote: z.string(),
});
export type FindingView = z.infer<typeof FindingView>;

type Row = Omit<FindingView, "document_id"> & { documentId: string };

/**
 * What was found in the versions of a face's texts that were read last, in reading order. Only its owner may see it.
 *
 * @throws {NotFoundError}
 */
export async function listFindings(
  ctx: Ctx,
  { face: ref, document, limit, cursor }: ListFindingsQuery & { face: string },
): Promise<Page<FindingView>> {
  const { id: faceId } = await requireFace(ctx, ref);
  const rows = await readFindings(ctx.db, faceId, { document, cursor, take: limit + 1 });
  return Page.of(rows, limit, ({ documentId, ...row }) => ({ ...row, document_id: documentId }));
}

function readFindings(
  db: DbOrTransaction,
  faceId: string,
  page: { document: string | undefined; cursor: string | undefined; take: number },
): Promise<Row[]> {
  const [document, cursor] = [page.document ?? null, page.cursor ?? null];
  return db.$queryRaw<Row[]>`
    SELECT f.id, f.kind, f.document_id AS "documentId", f.version, f.start, f."end", f.quote
    FROM findings f JOIN documents d ON d.id = f.document_id
    LEFT JOIN findings c ON c.id = ${cursor} AND c.face_id = f.face_id
    WHERE f.face_id = ${faceId} AND f.version = coalesce(d.compiled_version, d.version)
      AND (${document}::text IS NULL OR f.document_id = ${document})
      AND (${cursor}::text IS NULL OR (f.document_id, f.start, f.id) > (c.document_id, c.start, c.id))
    ORDER BY f.document_id, f.start, f.id LIMIT ${page.take}`;
}
