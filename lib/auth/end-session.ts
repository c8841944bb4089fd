import { ForbiddenError, NotFoundError } from "@/lib/errors";
import type { Ctx } from "./context";
import { forget } from "./memory";
import { requirePerson } from "./require-person";

/** Ends the caller's own session: its token and its cookie stop working at once. */
export async function endSession({ actor, db }: Ctx): Promise<{ signed_out: true }> {
  if (actor.credential.kind !== "session") throw new ForbiddenError("An API key has no session to end.");
  const { sessionId } = actor.credential;
  await db.session.deleteMany({ where: { id: sessionId } });
  forget({ table: "sessions", value: sessionId });
  return { signed_out: true };
}

/**
 * Ends one session of the caller's account, in every process at once.
 *
 * @throws {NotFoundError} there is none, it is somebody else's, or it was ended before
 * @throws {ForbiddenError} an API key
 */
export async function revokeSession(ctx: Ctx, id: string): Promise<{ id: string; revoked: true }> {
  requirePerson(ctx);
  const ended = await ctx.db.session.deleteMany({ where: { id, accountId: ctx.actor.accountId } });
  if (ended.count === 0) throw new NotFoundError("The session");
  forget({ table: "sessions", value: id });
  return { id, revoked: true };
}

/** Ends all sessions of the account but the caller's own. @throws {ForbiddenError} an API key */
export async function revokeOtherSessions(ctx: Ctx): Promise<{ revoked: number }> {
  const { sessionId } = requirePerson(ctx);
  const { accountId } = ctx.actor;
  const { count } = await ctx.db.session.deleteMany({ where: { accountId, id: { not: sessionId } } });
  forget({ table: "accounts", value: accountId });
  return { revoked: count };
}
