import Stripe from "stripe";
import type { Ctx } from "@/lib/auth/context";
import { AppError, InvalidInputError } from "@/lib/errors";
import { returnPages, stripeKey } from "./payment-pages";
import { topUpPurpose } from "./read-payment";
import { type Buyer, requireBuyer, withCustomer } from "./require-buyer";
import type { TopUpInput, TopUpView } from "./schemas";
import { settle } from "./settle";
import { pageOf } from "./start-checkout";
import { requireStripe } from "./stripe-client";
import { asking } from "./stripe-error";

/** `key` is the caller's Idempotency-Key, null without one. */
type TopUp = TopUpInput & { key: string | null };

/**
 * Takes money for credit: on a page of Stripe's, or from the card on file.
 *
 * The card on file is charged only under an Idempotency-Key, which Stripe is given too: whoever heard no answer asks
 * again with the same and is charged once. A bank that wants to see the person sends them to the page.
 *
 * @throws {AppError} `payments_not_configured`, `payment_failed` the card was refused, and what Stripe answers
 * @throws {InvalidInputError} the card on file is asked for and there is none, or no Idempotency-Key
 */
export async function startTopUp(ctx: Ctx, input: TopUp): Promise<TopUpView> {
  const stripe = requireStripe(ctx.signal);
  const account = await requireBuyer(ctx, { mayOwe: true });
  return asking(() =>
    withCustomer(ctx, stripe, account, async (customerId) => {
      const purchase = { ctx, stripe, account, customerId, cents: input.amount_usd, key: input.key };
      if (input.use_saved_card && (await chargeSavedCard(purchase))) return { url: null, is_paid: true };
      return { ...(await openPage(purchase)), is_paid: false };
    }),
  );
}

type Purchase = { ctx: Ctx; stripe: Stripe; account: Buyer; customerId: string; cents: number; key: string | null };

function metadataOf(account: Buyer) {
  return { purpose: topUpPurpose, account_id: account.id };
}

async function openPage({ ctx, stripe, account, customerId, cents, key }: Purchase) {
  const metadata = metadataOf(account);
  const session = await stripe.checkout.sessions.create(
    {
      mode: "payment",
      customer: customerId,
      line_items: [
        { quantity: 1, price_data: { currency: "usd", unit_amount: cents, product_data: { name: "Credit" } } },
      ],
      metadata,
      payment_intent_data: { metadata },
      saved_payment_method_options: { payment_method_save: "enabled" },
      // what is paid is what is credited: USD
      adaptive_pricing: { enabled: false },
      ...returnPages("credit"),
    },
    { idempotencyKey: stripeKey("topup page", customerId, key ?? ctx.requestId, String(cents)) },
  );
  return pageOf(session.url);
}

/** @returns false when the bank wants the person to confirm it on a page */
async function chargeSavedCard({ ctx, stripe, account, customerId, cents, key }: Purchase): Promise<boolean> {
  if (key === null) {
    throw new InvalidInputError("Charging the card on file needs an Idempotency-Key, so that it is charged once.");
  }
  const card = await savedCard(stripe, customerId);
  try {
    const intent = await stripe.paymentIntents.create(
      {
        amount: cents,
        currency: "usd",
        customer: customerId,
        payment_method: card,
        automatic_payment_methods: { enabled: true, allow_redirects: "never" },
        off_session: true,
        confirm: true,
        metadata: metadataOf(account),
      },
      { idempotencyKey: stripeKey("topup", customerId, key) },
    );
    if (intent.status !== "succeeded") return false;
    const occasion = { id: `topup:${intent.id}`, type: "topup", createdSeconds: intent.created };
    await settle(ctx.db, stripe, occasion, { kind: "payment", paymentIntentId: intent.id, hasFailed: false });
    return true;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeCardError && error.code === "authentication_required") return false;
    throw error;
  }
}

/** The newest card. @throws {AppError} there is none */
async function savedCard(stripe: Stripe, customerId: string): Promise<string> {
  const { data } = await stripe.paymentMethods.list({ customer: customerId, type: "card", limit: 1 });
  const [card] = data;
  if (card === undefined) throw new AppError("conflict", "There is no card on file. Store one, or pay on the page.");
  return card.id;
}
