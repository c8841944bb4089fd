import type Stripe from "stripe";
import { idOf } from "./read-payment";

/** What an event is about, which is read anew from Stripe. */
export type Subject =
  | { kind: "customer"; customerId: string; invoice: { id: string; hasFailed: boolean } | null }
  | { kind: "payment"; paymentIntentId: string; hasFailed: boolean };

/** What an event is about; null for events that change nothing here. */
export function subjectOf(event: Stripe.Event): Subject | null {
  switch (event.type) {
    case "checkout.session.completed":
    case "checkout.session.async_payment_succeeded":
      return subjectOfSession(event.data.object);
    case "checkout.session.async_payment_failed":
      return ofPayment(idOf(event.data.object.payment_intent), true);
    case "payment_intent.succeeded":
      return ofPayment(event.data.object.id);
    case "charge.refunded":
    case "charge.refund.updated":
    case "refund.created":
    case "refund.updated":
    case "refund.failed":
    case "charge.dispute.created":
    case "charge.dispute.updated":
    case "charge.dispute.closed":
    case "charge.dispute.funds_withdrawn":
    case "charge.dispute.funds_reinstated":
      return ofPayment(idOf(event.data.object.payment_intent));
    case "customer.subscription.created":
    case "customer.subscription.updated":
    case "customer.subscription.deleted":
    case "customer.subscription.paused":
    case "customer.subscription.resumed":
    case "payment_method.attached":
      return ofCustomer(idOf(event.data.object.customer));
    case "payment_method.detached":
      return ofCustomer(idOf(event.data.previous_attributes?.customer));
    case "customer.deleted":
      return ofCustomer(event.data.object.id);
    case "invoice.paid":
    case "invoice.voided":
    case "invoice.payment_failed":
      return ofInvoice(event.data.object, event.type === "invoice.payment_failed");
    default:
      return null;
  }
}

/** What a checkout paid for. */
export function subjectOfSession(session: Stripe.Checkout.Session): Subject | null {
  return session.mode === "payment" ? ofPayment(idOf(session.payment_intent)) : ofCustomer(idOf(session.customer));
}

/** @param hasFailed days after its payer left the page, as transfers do: they must be told */
function ofPayment(paymentIntentId: string | null, hasFailed = false): Subject | null {
  return paymentIntentId === null ? null : { kind: "payment", paymentIntentId, hasFailed };
}

function ofCustomer(customerId: string | null): Subject | null {
  return customerId === null ? null : { kind: "customer", customerId, invoice: null };
}

function ofInvoice(invoice: Stripe.Invoice, hasFailed: boolean): Subject | null {
  const customerId = idOf(invoice.customer);
  if (customerId === null || invoice.id === undefined) return null;
  return { kind: "customer", customerId, invoice: { id: invoice.id, hasFailed } };
}
