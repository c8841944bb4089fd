import fc from "fast-check";
import { expect, test } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { charge, readBalance } from "@/lib/billing/ledger";
import { testDatabase, testUser } from "@/lib/db/testing";
import { transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { seededRandom } from "@/lib/seeded-random";
import { receiveWebhook } from "./receive-webhook";
import { startCardSetup } from "./start-card-setup";
import { testStripe } from "./testing";
import { testPrices } from "./testing-stripe";
import type { FakeEvent, StripeWorld, Thing } from "./testing-world";

const runs = 40;

const { db } = await testDatabase();
const stripe = await testStripe();
const { world } = stripe;

/** What happens at Stripe; `at` picks one of what is there. */
const Action = fc.record({
  what: fc.constantFrom(
    ...(["pay", "pay", "refund", "failRefund", "dispute", "win", "lose", "spend"] as const),
    ...(["subscribe", "subscribe", "cancel", "keep", "change", "failRenewal", "payInvoice", "end"] as const),
    ...(["attach", "detach", "tick"] as const),
  ),
  at: fc.nat(9),
  cents: fc.integer({ min: 1, max: 3_000 }),
});
type Action = { what: string; at: number; cents: number };

/** Of all the orders and numbers of deliveries, one. */
const Deliveries = fc.record({
  seed: fc.integer(),
  copies: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
});

/** A run is its seed. */
function random(seed: number): (below: number) => number {
  const next = seededRandom(seed);
  return (below) => Math.floor(next() * below);
}

/** Everything that one customer did. */
class Customer {
  readonly payments: Thing[] = [];
  readonly refunds: Thing[] = [];
  readonly disputes: Thing[] = [];
  readonly subscriptions: Thing[] = [];
  readonly invoices: Thing[] = [];
  readonly cards: Thing[] = [];
  spentMicroUsd = 0n;

  constructor(
    readonly ctx: Ctx,
    readonly id: string,
  ) {}

  live(): Thing | undefined {
    return this.subscriptions.find(({ status }) => status === "active" || status === "past_due");
  }

  /** What is left of a payment that neither went back nor is disputed. */
  left(payment: Thing): number {
    const gone = [...this.refunds, ...this.disputes].filter(
      (one) => one["payment_intent"] === payment.id && one["status"] !== "failed" && one["status"] !== "won",
    );
    return Number(payment["amount_received"]) - gone.reduce((sum, { amount }) => sum + Number(amount), 0);
  }
}

const pick = (things: Thing[], at: number) => things[at % Math.max(things.length, 1)];

async function act(customer: Customer, { what, at, cents }: Action): Promise<void> {
  const payment = pick(customer.payments, at);
  const live = customer.live();
  const part = payment === undefined ? 0 : Math.min(cents, customer.left(payment));
  if (what === "pay") {
    const metadata = { purpose: "topup", account_id: customer.ctx.actor.accountId };
    customer.payments.push(world.payment(customer.id, cents, { metadata }));
  }
  if (what === "refund" && payment && part > 0) customer.refunds.push(world.refund(payment.id, part));
  if (what === "failRefund") {
    const refund = pick(customer.refunds, at);
    if (refund?.["status"] === "succeeded") world.failRefund(refund.id);
  }
  if (what === "dispute" && payment && part > 0) customer.disputes.push(world.dispute(payment.id, part));
  if (what === "win" || what === "lose") {
    const dispute = pick(customer.disputes, at);
    if (dispute?.["status"] === "needs_response") world.closeDispute(dispute.id, what === "win" ? "won" : "lost");
  }
  if (what === "spend") await spend(customer, cents);
  if (what === "subscribe" && live === undefined) {
    const price = at % 2 === 0 ? testPrices.standard : testPrices.pro;
    customer.subscriptions.push(world.subscription(customer.id, price));
  }
  if (what === "cancel" && live) world.setCancel(live.id, true);
  if (what === "keep" && live) world.setCancel(live.id, false);
  if (what === "change" && live) world.changePrice(live.id, at % 2 === 0 ? testPrices.pro : testPrices.standard);
  if (what === "failRenewal" && live) customer.invoices.push(world.failRenewal(live.id));
  if (what === "payInvoice") {
    const invoice = pick(customer.invoices, at);
    if (invoice?.["status"] === "open") world.payInvoice(invoice.id);
  }
  if (what === "end" && live) world.end(live.id);
  if (what === "attach") customer.cards.push(world.attachCard(customer.id));
  if (what === "detach") {
    const card = pick(customer.cards, at);
    if (card?.["customer"] === customer.id) world.detachCard(card.id);
  }
  if (what === "tick") world.now += 1;
}

/** Credit is spent only where there is some. */
async function spend(customer: Customer, cents: number): Promise<void> {
  const { accountId } = customer.ctx.actor;
  const spent = await transaction(db, async (tx) => {
    await tx.$queryRaw`SELECT id FROM accounts WHERE id = ${accountId} FOR NO KEY UPDATE`;
    const { balanceMicroUsd } = await readBalance(tx, accountId);
    const wanted = BigInt(cents) * 10_000n;
    const amountMicroUsd = wanted < balanceMicroUsd ? wanted : balanceMicroUsd;
    if (amountMicroUsd <= 0n) return 0n;
    await charge(tx, { accountId, amountMicroUsd, reference: newId("request") });
    return amountMicroUsd;
  });
  // not `+= await`: two at once would read the same sum
  customer.spentMicroUsd += spent;
}

/** @returns false when Stripe has to come again */
async function deliver(event: FakeEvent): Promise<boolean> {
  const { payload, signature } = stripe.delivery(event);
  const delivery = { payload: Buffer.from(payload), signature, signal: new AbortController().signal };
  try {
    await receiveWebhook(db, delivery);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "unavailable") return false;
    throw error;
  }
}

/** What an account must be, from Stripe's side alone. */
function expected(customer: Customer, { all }: { all: StripeWorld["all"] }) {
  const subscription = customer.live();
  const item = subscription && (subscription["items"] as { data: { price: { id: string } }[] }).data[0];
  const cents = customer.payments.reduce((sum, payment) => sum + customer.left(payment), 0);
  const balanceMicroUsd = BigInt(cents) * 10_000n - customer.spentMicroUsd;
  const endsAt = subscription?.["cancel_at"];
  return {
    plan: item === undefined ? "free" : item.price.id.replace("price_", ""),
    stripeSubscriptionId: subscription?.id ?? null,
    planEndsAt: typeof endsAt === "number" ? new Date(endsAt * 1000) : null,
    hasPaymentMethod: all("payment_method", { customer: customer.id }).length > 0,
    isFrozen: balanceMicroUsd < 0n,
    balanceMicroUsd,
    owedInvoices: customer.invoices.filter(({ status }) => status === "open").map(({ id }) => id),
  };
}

async function actual({ ctx }: Customer) {
  const { accountId } = ctx.actor;
  const account = await db.account.findUniqueOrThrow({ where: { id: accountId } });
  const { plan, stripeSubscriptionId, planEndsAt, hasPaymentMethod, isFrozen } = account;
  const { balanceMicroUsd } = await readBalance(db, accountId);
  const notices = await db.notice.findMany({
    where: { accountId, kind: "payment_failed", readAt: null },
    orderBy: { occasion: "asc" },
  });
  const owedInvoices = notices.map(({ occasion }) => occasion);
  return { plan, stripeSubscriptionId, planEndsAt, hasPaymentMethod, isFrozen, balanceMicroUsd, owedInvoices };
}

/** Lets all of it happen and be heard of. @returns the customer, when nothing is left to deliver */
async function live(actions: Action[], { seed, copies }: { seed: number; copies: number[] }): Promise<Customer> {
  stripe.faults = [];
  stripe.beforeAnswer = () => undefined;
  const ctx = await testUser(db, { plan: "free" });
  await startCardSetup(ctx);
  const { stripeCustomerId } = await db.account.findUniqueOrThrow({ where: { id: ctx.actor.accountId } });
  const customer = new Customer(ctx, stripeCustomerId ?? "");
  const below = random(seed);
  const todo = [...actions];
  const waiting: FakeEvent[] = [];
  let heard = world.events.length;
  const happen = async () => {
    const action = todo.shift();
    if (action !== undefined) await act(customer, action);
    for (const event of world.events.slice(heard)) {
      waiting.push(...Array.from({ length: copies[below(copies.length)] ?? 1 }, () => event));
    }
    heard = world.events.length;
  };
  const deliverSome = async (count: number) => {
    const chosen = Array.from({ length: Math.min(count, waiting.length) }, () =>
      waiting.splice(below(waiting.length), 1),
    ).flat();
    stripe.faults = below(8) === 0 ? [{ status: 429 }] : [];
    const outcomes = await Promise.all(chosen.map(deliver));
    waiting.push(...chosen.filter((_, index) => !outcomes[index]));
  };
  const overtaking = new Set<Promise<void>>();
  // between Stripe's making an answer and its arriving more happens, and is heard of
  stripe.beforeAnswer = async () => {
    if (overtaking.size >= 2 || below(3) > 0) return;
    const overtaken = happen().then(() => deliverSome(below(3)));
    overtaking.add(overtaken);
    await overtaken.finally(() => overtaking.delete(overtaken));
  };
  while (todo.length + waiting.length + overtaking.size > 0) {
    await happen();
    await deliverSome(1 + below(4));
    // who read gave up waiting for its answer: what overtook it goes on
    await Promise.all(overtaking);
  }
  return customer;
}

test("webhooks delivered one to five times in any order, some at once and some failing, come to what Stripe has", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(Action, { minLength: 1, maxLength: 14 }), Deliveries, async (actions, deliveries) => {
      const customer = await live(actions, deliveries);
      expect(await actual(customer)).toEqual(expected(customer, { all: world.all.bind(world) }));
    }),
    { numRuns: runs },
  );
}, 600_000);
