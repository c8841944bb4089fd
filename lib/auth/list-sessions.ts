import { z } from "zod";
import { cursorOf, Page, PageQuery } from "@/lib/http/page";
import type { Ctx } from "./context";
import type { SessionView } from "./schemas";

/** `GET /v1/account/sessions`. */
export const ListSessionsQuery = z.object({ limit: PageQuery.shape.limit, cursor: cursorOf("session") });
export type ListSessionsQuery = z.infer<typeof ListSessionsQuery>;

/** The caller's sessions that have not ended, newest first. */
export async function listSessions(
  { actor, db }: Ctx,
  { limit, cursor }: ListSessionsQuery,
): Promise<Page<SessionView>> {
  const { accountId, credential } = actor;
  const current = credential.kind === "session" ? credential.sessionId : null;
  const rows = await db.session.findMany({
    where: { accountId, expiresAt: { gt: new Date() }, ...(cursor === undefined ? {} : { id: { lt: cursor } }) },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  return Page.of(rows, limit, (row) => ({
    id: row.id,
    method: row.method as SessionView["method"],
    user_agent: row.userAgent,
    is_current: row.id === current,
    created_at: row.createdAt.toISOString(),
    last_seen_at: row.lastSeenAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
  }));
}
