import type { Ctx } from "@/lib/auth/context";
import { Page, type PageQuery } from "@/lib/http/page";
import { toFaceViews } from "./face-views";
import { limitedFaces } from "./require-face";
import type { FaceView } from "./schemas";

/** The account's faces, newest first; on the first page's end, where all fit, the installation's sample too. */
export async function listFaces(ctx: Ctx, { limit, cursor }: PageQuery): Promise<Page<FaceView>> {
  const { actor, db } = ctx;
  const allowed = limitedFaces(ctx) ?? {};
  const own = await db.face.findMany({
    where: { accountId: actor.accountId, AND: allowed, ...(cursor === undefined ? {} : { id: { lt: cursor } }) },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const page = Page.of(own, limit, (row) => row);
  const samples = page.nextCursor === null ? await db.face.findMany({ where: { accountId: null, AND: allowed } }) : [];
  return new Page(await toFaceViews(db, [...page.items, ...samples]), page.nextCursor);
}
