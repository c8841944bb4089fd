import type { Ctx } from "@/lib/auth/context";
import type { Prisma } from "@/lib/db/client";
import { NotFoundError } from "@/lib/errors";
import { Page } from "@/lib/http/page";
import { refreshAlerts } from "./alerts";
import type { NoticesQuery } from "./notices-schemas";
import type { NoticeView } from "./schemas";
import { noticeWords } from "./notices-words";

/** What an account should know, newest first. What has become true or is over since is seen to before. */
export async function listNotices(
  { actor, db }: Ctx,
  { limit, cursor, unread }: NoticesQuery,
): Promise<Page<NoticeView>> {
  const { accountId } = actor;
  if (cursor === undefined) await refreshAlerts(db, accountId);
  const rows = await db.notice.findMany({
    where: {
      accountId,
      ...(unread ? { readAt: null } : {}),
      ...(cursor === undefined ? {} : { id: { lt: cursor } }),
    },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  return Page.of(rows, limit, toView);
}

/** Marks a notice as read; again changes nothing. @throws {NotFoundError} missing, or somebody else's */
export async function readNotice({ actor, db }: Ctx, id: string): Promise<NoticeView> {
  const where = { id, accountId: actor.accountId };
  await db.notice.updateMany({ where: { ...where, readAt: null }, data: { readAt: new Date() } });
  const row = await db.notice.findFirst({ where });
  if (row === null) throw new NotFoundError("The notice");
  return toView(row);
}

function toView(row: Prisma.NoticeGetPayload<object>): NoticeView {
  const isObject = typeof row.data === "object" && row.data !== null && !Array.isArray(row.data);
  return {
    id: row.id,
    kind: row.kind,
    message: noticeWords(row.kind, row.data),
    data: isObject ? { ...(row.data as Prisma.JsonObject) } : {},
    created_at: row.createdAt.toISOString(),
    read_at: row.readAt?.toISOString() ?? null,
  };
}
