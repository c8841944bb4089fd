import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import type { DbOrTransaction } from "@/lib/db/client";
import { type FaceRow, requireReadableFace } from "@/lib/faces/require-face";
import { Page, type PageQuery } from "@/lib/http/page";
import type { ComponentCounts } from "./graph.task";
import { sourcesOf, type VersionRow } from "./version-state";

/** A compiled state of a face, as routes and pages show it. */
export const VersionView = z.object({
  number: z.number(),
  reason: z.enum(["sync", "delete", "restore"]),
  created_at: z.string(),
  counts: z.record(z.string(), z.number()).describe("Primitives by component."),
  sources: z.array(
    z.object({
      document_id: z.string(),
      version: z.number(),
      label: z.string().nullable().describe("Null when the whole document is gone."),
      available: z.boolean().describe("Whether this version of the text is still there."),
    }),
  ),
  graph_hash: z.string(),
  is_current: z.boolean(),
});
export type VersionView = z.infer<typeof VersionView>;

/** The versions of a face, newest first. The cursor is a version's number. @throws {NotFoundError} */
export async function listVersions(
  ctx: Ctx,
  { face: ref, limit, cursor }: PageQuery & { face: string },
): Promise<Page<VersionView>> {
  const face = await requireReadableFace(ctx, ref);
  const before = cursor === undefined || !/^\d{1,9}$/.test(cursor) ? {} : { number: { lt: Number(cursor) } };
  const rows = await ctx.db.faceVersion.findMany({
    where: { faceId: face.id, ...before },
    orderBy: { number: "desc" },
    take: limit + 1,
  });
  const views = await toVersionViews(ctx.db, face, rows.slice(0, limit));
  const last = views.at(-1);
  return new Page(views, rows.length > limit && last ? String(last.number) : null);
}

/** One query for the texts of all of them. */
export async function toVersionViews(db: DbOrTransaction, face: FaceRow, rows: VersionRow[]): Promise<VersionView[]> {
  const ids = [...new Set(rows.flatMap((row) => sourcesOf(row).map(({ documentId }) => documentId)))];
  const documents = await db.document.findMany({
    where: { faceId: face.id, id: { in: ids } },
    select: { id: true, label: true },
  });
  const labels = new Map(documents.map(({ id, label }) => [id, label]));
  return rows.map((row) => ({
    number: row.number,
    reason: row.reason as VersionView["reason"],
    created_at: row.createdAt.toISOString(),
    counts: row.counts as ComponentCounts,
    sources: sourcesOf(row).map(({ documentId, version }) => ({
      document_id: documentId,
      version,
      label: labels.get(documentId) ?? null,
      available: labels.has(documentId),
    })),
    graph_hash: row.graphHash,
    is_current: row.number === face.version,
  }));
}
