import type { Transaction } from "@/lib/db/client";
import { newId } from "@/lib/ids";
import type { SessionView, UserView } from "./schemas";
import { toUserView, withWallets } from "./user-view";

const lifetimeMs = 30 * 24 * 60 * 60 * 1000;

export type SignIn = { sessionId: string; user: UserView };

/** Begins a session of thirty days. */
export async function startSession(
  tx: Transaction,
  accountId: string,
  { method, userAgent }: { method: SessionView["method"]; userAgent: string | null },
): Promise<SignIn> {
  const sessionId = newId("session");
  const expiresAt = new Date(Date.now() + lifetimeMs);
  await tx.session.create({
    data: { id: sessionId, accountId, method, expiresAt, userAgent: userAgent?.slice(0, 300) ?? null },
  });
  const account = await tx.account.findUniqueOrThrow({ where: { id: accountId }, include: withWallets });
  return { sessionId, user: toUserView(account) };
}
