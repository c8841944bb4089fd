/** What Stripe holds, in Stripe's shapes (the fields that anyone here reads, and their neighbours). */
export type Thing = { id: string; object: string; created: number; metadata: Record<string, string> } & Record<
  string,
  unknown
>;

export type FakeEvent = {
  id: string;
  object: "event";
  api_version: string;
  created: number;
  type: string;
  livemode: false;
  pending_webhooks: number;
  request: { id: null; idempotency_key: null };
  data: { object: unknown; previous_attributes?: Record<string, unknown> };
};

const monthSeconds = 30 * 24 * 3600;

/**
 * Stripe's side without its wire: what it holds, and what payers, banks and time do there. Everything that happens is
 * told by events, each with the thing as it was at that moment.
 */
export class StripeWorld {
  readonly things = new Map<string, Thing>();
  readonly events: FakeEvent[] = [];
  /** ids of events whose deliveries were accepted, or are no longer tried */
  readonly delivered = new Set<string>();
  /** where the pages are that payers are sent to */
  pagesAt = "";
  /** seconds; it moves when a test moves it, so many things happen in one second */
  now = Math.floor(Date.now() / 1000);
  #count = 0;

  add(prefix: string, object: string, fields: Record<string, unknown>): Thing {
    const id = `${prefix}_${(++this.#count).toString().padStart(6, "0")}`;
    const thing: Thing = { id, object, created: this.now, metadata: {}, livemode: false, ...fields };
    this.things.set(id, thing);
    return thing;
  }

  get(id: string): Thing {
    const thing = this.things.get(id);
    if (thing === undefined) throw new Error(`Nothing is called ${id}.`);
    return thing;
  }

  /** All of a kind that have these values, the newest first, as Stripe lists. */
  all(object: string, values: Record<string, unknown> = {}): Thing[] {
    const found = [...this.things.values()].filter(
      (thing) => thing.object === object && Object.entries(values).every(([key, value]) => thing[key] === value),
    );
    return found.reverse();
  }

  emit(type: string, object: Thing, previous?: Record<string, unknown>): FakeEvent {
    const event: FakeEvent = {
      id: `evt_${(++this.#count).toString().padStart(6, "0")}`,
      object: "event",
      // an endpoint keeps the version of the day it was made
      api_version: "2022-11-15",
      created: this.now,
      type,
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      data: structuredClone(previous === undefined ? { object } : { object, previous_attributes: previous }),
    };
    this.events.push(event);
    return event;
  }

  /** A payer fills in Stripe's page. */
  complete(sessionId: string, { saveCard = false } = {}): Thing {
    const session = this.get(sessionId);
    if (session["status"] !== "open") throw new Error(`The page ${sessionId} is closed.`);
    session["status"] = "complete";
    if (session["mode"] === "subscription") this.#subscribe(session);
    if (session["mode"] === "payment") this.#pay(session);
    if (session["mode"] !== "payment" || saveCard) this.attachCard(String(session["customer"]));
    this.emit("checkout.session.completed", session);
    return session;
  }

  #pay(session: Thing): void {
    const intent = this.payment(String(session["customer"]), Number(session["amount_total"]), {
      metadata: session["payment_metadata"],
    });
    session["payment_intent"] = intent.id;
    session["payment_status"] = "paid";
  }

  /** A payer orders a transfer, which arrives or fails days later. */
  completeLater(sessionId: string): Thing {
    const session = this.get(sessionId);
    const intent = this.add("pi", "payment_intent", {
      amount: session["amount_total"],
      amount_received: 0,
      currency: "usd",
      customer: session["customer"],
      status: "processing",
      metadata: session["payment_metadata"],
    });
    Object.assign(session, { status: "complete", payment_intent: intent.id });
    this.emit("checkout.session.completed", session);
    return session;
  }

  /** The transfer of a checkout arrives, or does not. */
  endTransfer(sessionId: string, hasArrived: boolean): void {
    const session = this.get(sessionId);
    const intent = this.get(String(session["payment_intent"]));
    const received = { status: "succeeded", amount_received: intent["amount"] };
    Object.assign(intent, hasArrived ? received : { status: "requires_payment_method" });
    if (hasArrived) this.emit("payment_intent.succeeded", intent);
    this.emit(`checkout.session.async_payment_${hasArrived ? "succeeded" : "failed"}`, session);
  }

  /** Money that arrived. */
  payment(customer: string | null, amount: number, fields: Record<string, unknown> = {}): Thing {
    const intent = this.add("pi", "payment_intent", {
      amount,
      amount_received: amount,
      currency: "usd",
      customer,
      status: "succeeded",
      ...fields,
    });
    const charge = this.add("ch", "charge", {
      amount,
      amount_refunded: 0,
      customer,
      payment_intent: intent.id,
      // signatures are over bytes
      billing_details: { name: "Zoë 你好" },
    });
    intent["latest_charge"] = charge.id;
    this.emit("charge.succeeded", charge);
    this.emit("payment_intent.succeeded", intent);
    return intent;
  }

  #subscribe(session: Thing): void {
    const customer = String(session["customer"]);
    const price = String(session["price"]);
    const subscription = this.subscription(customer, price, session["subscription_metadata"] ?? {});
    session["subscription"] = subscription.id;
    session["payment_status"] = "paid";
    this.payment(customer, 2_000);
  }

  subscription(customer: string, price: string, metadata: unknown = {}): Thing {
    const subscription = this.add("sub", "subscription", {
      customer,
      status: "incomplete",
      cancel_at: null,
      cancel_at_period_end: false,
      ended_at: null,
      start_date: this.now,
      metadata,
    });
    subscription["items"] = {
      object: "list",
      data: [
        {
          id: `si_${subscription.id}`,
          object: "subscription_item",
          quantity: 1,
          price: { id: price, object: "price" },
          current_period_start: this.now,
          current_period_end: this.now + monthSeconds,
        },
      ],
    };
    this.emit("customer.subscription.created", subscription);
    this.#change(subscription, { status: "active" });
    this.emit("invoice.paid", this.invoice(subscription, "paid"));
    return subscription;
  }

  invoice(subscription: Thing, status: "paid" | "open"): Thing {
    return this.add("in", "invoice", {
      customer: subscription["customer"],
      subscription_id: subscription.id,
      status,
      amount_due: 2_000,
      hosted_invoice_url: "https://invoice.stripe.test/in",
      next_payment_attempt: status === "open" ? this.now + 3 * 24 * 3600 : null,
    });
  }

  #change(subscription: Thing, fields: Record<string, unknown>): void {
    const previous = Object.fromEntries(Object.keys(fields).map((key) => [key, subscription[key]]));
    Object.assign(subscription, fields);
    this.emit("customer.subscription.updated", subscription, previous);
  }

  /** The subscriber picks another plan in Stripe's portal. */
  changePrice(id: string, price: string): void {
    const subscription = this.get(id);
    const { data } = subscription["items"] as { data: { price: unknown }[] };
    for (const item of data) item.price = { id: price, object: "price" };
    this.#change(subscription, {});
  }

  setCancel(id: string, isCancelled: boolean): void {
    const subscription = this.get(id);
    const { data } = subscription["items"] as { data: { current_period_end: number }[] };
    this.#change(subscription, {
      cancel_at_period_end: isCancelled,
      cancel_at: isCancelled ? (data[0]?.current_period_end ?? null) : null,
    });
  }

  end(id: string): void {
    const subscription = this.get(id);
    Object.assign(subscription, { status: "canceled", ended_at: this.now });
    this.emit("customer.subscription.deleted", subscription);
  }

  /** The card of a renewal is refused. */
  failRenewal(id: string): Thing {
    const subscription = this.get(id);
    const invoice = this.invoice(subscription, "open");
    this.emit("invoice.payment_failed", invoice);
    this.#change(subscription, { status: "past_due" });
    return invoice;
  }

  payInvoice(id: string): void {
    const invoice = this.get(id);
    Object.assign(invoice, { status: "paid", next_payment_attempt: null });
    this.emit("invoice.paid", invoice);
    const subscription = this.get(String(invoice["subscription_id"]));
    if (subscription["status"] === "past_due") this.#change(subscription, { status: "active" });
  }

  attachCard(customer: string): Thing {
    const card = this.add("pm", "payment_method", { type: "card", customer });
    this.emit("payment_method.attached", card);
    return card;
  }

  detachCard(id: string): void {
    const card = this.get(id);
    const previous = { customer: card["customer"] };
    card["customer"] = null;
    this.emit("payment_method.detached", card, previous);
  }

  refund(paymentIntent: string, amount: number): Thing {
    const intent = this.get(paymentIntent);
    const charge = this.get(String(intent["latest_charge"]));
    const refund = this.add("re", "refund", {
      amount,
      charge: charge.id,
      payment_intent: paymentIntent,
      status: "succeeded",
    });
    charge["amount_refunded"] = Number(charge["amount_refunded"]) + amount;
    this.emit("refund.created", refund);
    this.emit("charge.refunded", charge);
    return refund;
  }

  failRefund(id: string): void {
    const refund = this.get(id);
    refund["status"] = "failed";
    const charge = this.get(String(refund["charge"]));
    charge["amount_refunded"] = Number(charge["amount_refunded"]) - Number(refund["amount"]);
    this.emit("refund.failed", refund);
  }

  dispute(paymentIntent: string, amount: number, status = "needs_response"): Thing {
    const charge = String(this.get(paymentIntent)["latest_charge"]);
    const dispute = this.add("du", "dispute", { amount, charge, payment_intent: paymentIntent, status });
    this.emit("charge.dispute.created", dispute);
    if (!status.startsWith("warning_")) this.emit("charge.dispute.funds_withdrawn", dispute);
    return dispute;
  }

  closeDispute(id: string, status: "won" | "lost" | "warning_closed"): void {
    const dispute = this.get(id);
    dispute["status"] = status;
    this.emit("charge.dispute.closed", dispute);
    if (status === "won") this.emit("charge.dispute.funds_reinstated", dispute);
  }

  deleteCustomer(id: string): void {
    const customer = this.get(id);
    for (const { id: subscription } of this.all("subscription", { customer: id, status: "active" }))
      this.end(subscription);
    for (const card of this.all("payment_method", { customer: id })) card["customer"] = null;
    customer["deleted"] = true;
    this.emit("customer.deleted", customer);
  }
}
