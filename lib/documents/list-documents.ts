import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import { sourceFaceIds } from "@/lib/faces/parts";
import { requireReadableFace } from "@/lib/faces/require-face";
import { Page, PageQuery } from "@/lib/http/page";
import { toDocumentViews } from "./document-views";
import type { DocumentView } from "./schemas";

/** `GET …/documents?type=&limit=&cursor=`. */
export const ListDocumentsQuery = PageQuery.extend({ type: z.enum(["document", "thread"]).optional() });
export type ListDocumentsQuery = z.infer<typeof ListDocumentsQuery>;

/** A face's sources, of a composite those of its parts, newest first. @throws {NotFoundError} */
export async function listDocuments(
  ctx: Ctx,
  { face, type, limit, cursor }: ListDocumentsQuery & { face: string },
): Promise<Page<DocumentView>> {
  const readable = await requireReadableFace(ctx, face);
  const rows = await ctx.db.document.findMany({
    where: {
      faceId: { in: sourceFaceIds(readable) },
      ...(type === undefined ? {} : { type }),
      ...(cursor === undefined ? {} : { id: { lt: cursor } }),
    },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const page = Page.of(rows, limit, (row) => row);
  return new Page(await toDocumentViews(ctx.db, page.items), page.nextCursor);
}
