import type { Ctx } from "@/lib/auth/context";
import { returnPages } from "./payment-pages";
import { requireBuyer, withCustomer } from "./require-buyer";
import type { PaymentPage } from "./schemas";
import { pageOf } from "./start-checkout";
import { requireStripe } from "./stripe-client";
import { asking } from "./stripe-error";

/**
 * Opens Stripe's page on which a card is stored. Its number is seen by Stripe alone.
 *
 * @throws {AppError} `payments_not_configured`, and what Stripe answers
 */
export async function startCardSetup(ctx: Ctx): Promise<PaymentPage> {
  const stripe = requireStripe(ctx.signal);
  const account = await requireBuyer(ctx, { mayOwe: true });
  return asking(() =>
    withCustomer(ctx, stripe, account, async (customer) => {
      const metadata = { account_id: account.id };
      const session = await stripe.checkout.sessions.create({
        mode: "setup",
        currency: "usd",
        customer,
        metadata,
        ...returnPages("card"),
      });
      return pageOf(session.url);
    }),
  );
}
