import type { Ctx } from "@/lib/auth/context";
import { NotFoundError } from "@/lib/errors";
import { subjectOfSession } from "./event-subject";
import { idOf } from "./read-payment";
import { settle } from "./settle";
import { requireStripe } from "./stripe-client";
import { asking, isMissing } from "./stripe-error";

/**
 * What was paid on Stripe's page holds when its payer is back, also when the webhook has not come yet; when it comes, it
 * finds all done.
 *
 * @returns whether something was new, which may let stopped work go on
 * @throws {NotFoundError} no such checkout, or somebody else's
 */
export async function confirmCheckout(ctx: Ctx, sessionId: string): Promise<boolean> {
  const stripe = requireStripe(ctx.signal);
  const { stripeCustomerId } = await ctx.db.account.findUniqueOrThrow({ where: { id: ctx.actor.accountId } });
  const found = /^cs_\w+$/.test(sessionId)
    ? await asking(() =>
        stripe.checkout.sessions.retrieve(sessionId).catch((error: unknown) => {
          if (isMissing(error, "session")) return null;
          throw error;
        }),
      )
    : null;
  if (found === null || stripeCustomerId === null || idOf(found.customer) !== stripeCustomerId) {
    throw new NotFoundError("The checkout");
  }
  const subject = found.status === "complete" ? subjectOfSession(found) : null;
  if (subject === null) return false;
  const occasion = { id: `return:${found.id}`, type: "return", createdSeconds: found.created };
  return (await asking(() => settle(ctx.db, stripe, occasion, subject))).outcome === "done";
}
