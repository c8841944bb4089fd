import type { Db } from "@/lib/db/client";
import { requireStripe, takesPayments } from "./stripe-client";
import { asking, isMissing } from "./stripe-error";

/**
 * Ends all that an account pays, at once: to be called before the account is deleted, after which nobody could cancel.
 * Deleting the customer at Stripe cancels its subscriptions and forgets its cards.
 *
 * @throws {AppError} Stripe cannot be reached: the account must then stay
 */
export async function endPayments(db: Db, accountId: string, signal: AbortSignal): Promise<void> {
  const account = await db.account.findUnique({ where: { id: accountId }, select: { stripeCustomerId: true } });
  const customerId = account?.stripeCustomerId ?? null;
  if (customerId === null || !takesPayments()) return;
  await asking(() =>
    requireStripe(signal)
      .customers.del(customerId)
      .catch((error: unknown) => {
        if (!isMissing(error, "id") && !isMissing(error, "customer")) throw error;
      }),
  );
}
