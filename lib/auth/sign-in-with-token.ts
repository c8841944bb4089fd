import type { Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { accessTokenSeconds, createAccessToken, readAccessToken } from "./access-token";
import type { SignInView, VerifyInput } from "./schemas";
import { toUserView, withWallets } from "./user-view";
import type { SignIn } from "./start-session";
import { verifySignIn } from "./verify-sign-in";

const refreshToleranceSeconds = 30 * 24 * 60 * 60;

/** Signs in for programs: as `verifySignIn`, answered with an access token. */
export async function signInWithToken(db: Db, input: VerifyInput, userAgent: string | null): Promise<SignInView> {
  return toSignInView(await verifySignIn(db, input, userAgent));
}

/**
 * A new access token for a session that still lives; the old one may have expired.
 *
 * @throws {AppError} `unauthorized`
 */
export async function refreshAccessToken(db: Db, token: string): Promise<SignInView> {
  const { sessionId } = await readAccessToken(token, refreshToleranceSeconds);
  const session = await db.session.findUnique({
    where: { id: sessionId },
    include: { account: { include: withWallets } },
  });
  if (session === null || session.expiresAt < new Date()) {
    throw new AppError("unauthorized", "Your session has ended. Sign in again.");
  }
  return toSignInView({ sessionId, user: toUserView(session.account) });
}

/** What signing in answers to programs. */
export async function toSignInView({ sessionId, user }: SignIn): Promise<SignInView> {
  const token = await createAccessToken({ accountId: user.id, sessionId });
  return { access_token: token, token_type: "bearer", expires_in: accessTokenSeconds, user };
}
