import { ForbiddenError } from "@/lib/errors";
import type { Ctx } from "./context";

/**
 * The session of a person who signed in.
 *
 * A key lies in programs and configuration: one that leaks must not be able to take the account over or away.
 *
 * @throws {ForbiddenError} the caller is an API key
 */
export function requirePerson({ actor }: Ctx): { sessionId: string } {
  if (actor.credential.kind === "session") return { sessionId: actor.credential.sessionId };
  throw new ForbiddenError("An API key may not do this. Sign in to do it.");
}

/** @throws {ForbiddenError} the caller is no admin, or uses an API key */
export function requireAdmin(ctx: Ctx): void {
  requirePerson(ctx);
  if (!ctx.actor.isAdmin) throw new ForbiddenError("Only an admin of this installation may do this.");
}
