import type { Ctx } from "@/lib/auth/context";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/ids";
import { createInvite } from "./create-invite";
import { register } from "./register";
import { CreateInviteInput } from "./schemas";
import { scopes } from "@/lib/auth/context";

export const testPassword = "correct horse battery";

/** A caller whom nobody has counted yet. */
export function someCaller() {
  return { userAgent: "test", address: newId("request") };
}

/** A person with e-mail address and password, in the session in which they registered. */
export async function testMember(
  admin: Ctx,
  email = `${newId("account")}@faces.test`,
): Promise<Ctx & { email: string }> {
  const { code } = await createInvite(admin, CreateInviteInput.parse({ max_uses: 2 }));
  const input = { invite_code: code, email, password: testPassword };
  const { sessionId, user } = await register(admin.db, input, someCaller());
  return { ...sessionCtx(admin.db, { accountId: user.id, sessionId, isAdmin: user.is_admin }), email };
}

/** The context of a session that exists. */
export function sessionCtx(db: Db, of: { accountId: string; sessionId: string; isAdmin?: boolean }): Ctx {
  const { accountId, sessionId, isAdmin = false } = of;
  const credential = { kind: "session" as const, sessionId };
  const actor = { accountId, isAdmin, isFrozen: false, scopes, credential };
  return { actor, db, requestId: newId("request"), signal: new AbortController().signal };
}
