import type { Ctx } from "@/lib/auth/context";
import type { Prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { requireFace } from "@/lib/faces/require-face";
import { Page, type PageQuery } from "@/lib/http/page";
import { type TuneRow, visibleTunes, withPhotos } from "./tune-access";
import type { ListTunesQuery, TuneDetail } from "./tune-schemas";
import { toTuneDetail } from "./tune-view";

/** Further on, `offset` would have PostgreSQL pass over everything before it. */
export const deepestOffset = 1_000;

/**
 * Tunes of the caller's, the newest first.
 *
 * @param names only those of persons called so: man, woman …
 * @throws {AppError} `offset_too_deep` an offset that is too deep; {NotFoundError} the face
 */
export async function listTunes(ctx: Ctx, query: ListTunesQuery, names: readonly string[] = []): Promise<TuneRow[]> {
  requireShallow(query.offset);
  const { limit, offset, before_id, title, face } = query;
  const where: Prisma.TuneWhereInput = {
    AND: [visibleTunes(ctx), ...(face === undefined ? [] : [{ faceId: (await requireFace(ctx, face)).id }])],
    ...(before_id === undefined ? {} : { id: { lt: before_id } }),
    ...(title === undefined || title === ""
      ? {}
      : { title: { contains: title.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" } }),
    ...(names.length === 0 ? {} : { name: { in: [...names] } }),
  };
  return ctx.db.tune.findMany({ where, orderBy: { id: "desc" }, take: limit, skip: offset, include: withPhotos });
}

/** @throws {AppError} `offset_too_deep` naming what to do instead */
export function requireShallow(offset: number): void {
  if (offset <= deepestOffset) return;
  const sentence = `offset goes up to ${deepestOffset}. Send before_id with the last id you have instead.`;
  throw new AppError("offset_too_deep", sentence, { param: "offset" });
}

/** A page of the same for the pages of this installation. @throws {NotFoundError} the face */
export async function listTuneDetails(
  ctx: Ctx,
  query: PageQuery & { face?: string | undefined },
): Promise<Page<TuneDetail>> {
  const { limit, cursor, face } = query;
  const where: Prisma.TuneWhereInput = {
    AND: [visibleTunes(ctx), ...(face === undefined ? [] : [{ faceId: (await requireFace(ctx, face)).id }])],
    ...(cursor === undefined ? {} : { id: { lt: Number(cursor) } }),
  };
  const rows = await ctx.db.tune.findMany({ where, orderBy: { id: "desc" }, take: limit + 1, include: withPhotos });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return new Page(shown.map(toTuneDetail), rows.length > limit && last ? String(last.id) : null);
}
