import { ForbiddenError } from "@/lib/errors";
import type { Ctx } from "./context";
import { forget } from "./memory";

/** Ends the caller's own session: its token and its cookie stop working at once. */
export async function endSession({ actor, db }: Ctx): Promise<{ signed_out: true }> {
  if (actor.credential.kind !== "session") throw new ForbiddenError("An API key has no session to end.");
  const { sessionId } = actor.credential;
  await db.session.deleteMany({ where: { id: sessionId } });
  forget({ table: "sessions", value: sessionId });
  return { signed_out: true };
}
