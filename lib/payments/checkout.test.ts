import { beforeEach, describe, expect, test } from "vitest";
import { POST as webhook } from "@/app/v1/billing/webhook/route";
import type { Ctx } from "@/lib/auth/context";
import { testDatabase, testUser } from "@/lib/db/testing";
import { newId } from "@/lib/ids";
import { cancelSubscription } from "./cancel-subscription";
import { confirmCheckout } from "./confirm-checkout";
import { endPayments } from "./end-payments";
import { showSubscription } from "./show-subscription";
import { startCardSetup } from "./start-card-setup";
import { startCheckout } from "./start-checkout";
import { testStripe } from "./testing";
import { testPrices } from "./testing-stripe";

const { db } = await testDatabase();
const stripe = await testStripe();
const { world } = stripe;

let ctx: Ctx;
let heard: number;

beforeEach(async () => {
  ctx = await testUser(db, { plan: "free" });
  heard = world.events.length;
  stripe.faults = [];
});

/** Delivers what happened in this test and was not delivered yet. */
async function deliver(): Promise<void> {
  for (; heard < world.events.length; heard++) {
    const event = world.events[heard];
    if (event === undefined) return;
    const { payload, signature } = stripe.delivery(event);
    const request = new Request("http://faces.test/v1/billing/webhook", {
      method: "POST",
      headers: { "stripe-signature": signature },
      body: payload,
    });
    expect((await webhook(request, { params: Promise.resolve({}) })).status).toBe(200);
  }
}

const sessionOf = ({ url }: { url: string }) => url.split("/").at(-1) ?? "";
const account = () => db.account.findUniqueOrThrow({ where: { id: ctx.actor.accountId } });

/** Buys a plan on Stripe's page. @returns the subscription's id */
async function subscribe(plan: "standard" | "pro"): Promise<string> {
  const session = world.complete(sessionOf(await startCheckout(ctx, plan)));
  await deliver();
  return String(session["subscription"]);
}

describe("buying a plan", () => {
  test("sets the plan from the day the subscription began, and the card on file", async () => {
    const id = await subscribe("standard");
    expect(await account()).toMatchObject({
      plan: "standard",
      stripeSubscriptionId: id,
      planStartedAt: new Date(Number(world.get(id)["start_date"]) * 1000),
      planEndsAt: null,
      hasPaymentMethod: true,
    });
    const view = await showSubscription(ctx);
    expect(view).toMatchObject({ provider: "stripe", plan: "standard", is_paid: true, ends_at: null });
  });

  test("holds when its payer is back before the webhook, and after it changes nothing", async () => {
    const session = sessionOf(await startCheckout(ctx, "pro"));
    expect(await confirmCheckout(ctx, session)).toBe(false);
    world.complete(session);
    expect(await confirmCheckout(ctx, session)).toBe(true);
    const before = await account();
    expect(before.plan).toBe("pro");
    await deliver();
    expect(await confirmCheckout(ctx, session)).toBe(false);
    expect(await account()).toEqual(before);
  });

  test("is confirmed to its payer alone: somebody else's checkout answers like a missing one", async () => {
    const session = sessionOf(await startCheckout(ctx, "pro"));
    world.complete(session);
    const other = await testUser(db);
    await startCardSetup(other);
    const foreign = await confirmCheckout(other, session).catch(String);
    expect(foreign).toBe(await confirmCheckout(other, "cs_none").catch(String));
    expect(foreign).toBe(await confirmCheckout(other, "../customers").catch(String));
    expect(foreign).toBe("AppError: The checkout was not found.");
  });

  test("opens one page, however often it is asked for", async () => {
    const first = await startCheckout(ctx, "pro");
    expect(await startCheckout(ctx, "pro")).toEqual(first);
    const racing = await testUser(db);
    const pages = await Promise.all([1, 2, 3].map(() => startCheckout(racing, "pro")));
    expect(new Set(pages.map(({ url }) => url)).size).toBe(1);
  });

  test("closes the page of another plan, so that not both can be paid", async () => {
    const first = sessionOf(await startCheckout(ctx, "standard"));
    const second = sessionOf(await startCheckout(ctx, "pro"));
    expect([world.get(first)["status"], world.get(second)["status"]]).toEqual(["expired", "open"]);
    await startCheckout(ctx, "standard");
    expect(world.get(second)["status"]).toBe("expired");
  });

  test("two plans asked for at once leave at most one page open", async () => {
    const asked = await Promise.allSettled([startCheckout(ctx, "standard"), startCheckout(ctx, "pro")]);
    expect(asked.map(({ status }) => status)).toContain("fulfilled");
    const customer = (await account()).stripeCustomerId;
    expect(world.all("checkout.session", { customer, status: "open" })).toHaveLength(1);
  });

  test("makes one customer for an account, also when many ask first at once", async () => {
    await Promise.all([1, 2, 3].map(() => startCardSetup(ctx)));
    const customers = world.all("customer").filter(({ metadata }) => metadata["account_id"] === ctx.actor.accountId);
    expect(customers.map(({ id }) => id)).toEqual([(await account()).stripeCustomerId]);
  });

  test("replaces a customer that was deleted at Stripe", async () => {
    await startCheckout(ctx, "pro");
    const before = (await account()).stripeCustomerId ?? "";
    world.deleteCustomer(before);
    await subscribe("pro");
    const after = await account();
    expect(after.plan).toBe("pro");
    expect(after.stripeCustomerId).not.toBe(before);
  });

  test("of the plan one has is refused; another goes through Stripe's page and keeps the period's start", async () => {
    const id = await subscribe("standard");
    await expect(startCheckout(ctx, "standard")).rejects.toMatchObject({ code: "conflict" });
    const { url } = await startCheckout(ctx, "pro");
    expect(world.get(url.split("/").at(-1) ?? "")).toMatchObject({ subscription: id, price: testPrices.pro });
    const { planStartedAt } = await account();
    world.now += 86_400;
    world.changePrice(id, testPrices.pro);
    await deliver();
    expect(await account()).toMatchObject({ plan: "pro", planStartedAt, stripeSubscriptionId: id });
  });

  test("keeps the plan that was sold when its price is no longer offered", async () => {
    const id = await subscribe("pro");
    world.changePrice(id, "price_of_last_year");
    await deliver();
    expect((await account()).plan).toBe("pro");
  });

  test("is for a person who signed in, not for a key, whatever the key's scopes", async () => {
    const credential = { kind: "key" as const, keyId: newId("key"), allowedFaces: [], allowedModels: [] };
    const key: Ctx = { ...ctx, actor: { ...ctx.actor, credential } };
    await expect(startCheckout(key, "pro")).rejects.toMatchObject({ code: "forbidden" });
    await expect(startCardSetup(key)).rejects.toMatchObject({ code: "forbidden" });
    await expect(cancelSubscription(key)).rejects.toMatchObject({ code: "forbidden" });
    expect((await showSubscription(key)).plan).toBe("free");
  });

  test("is refused to a frozen account, which may still cancel what it pays for", async () => {
    await subscribe("standard");
    await db.account.update({ where: { id: ctx.actor.accountId }, data: { isFrozen: true, frozenReason: "abuse" } });
    await expect(startCheckout(ctx, "pro")).rejects.toMatchObject({ code: "account_frozen" });
    expect((await cancelSubscription(ctx)).ends_at).not.toBeNull();
  });
});

describe("cancelling", () => {
  test("keeps the plan to the end of what is paid, then the installation's default holds, and says so once", async () => {
    const id = await subscribe("pro");
    const view = await cancelSubscription(ctx);
    expect(view).toMatchObject({ plan: "pro", is_paid: true });
    expect(Date.parse(view.ends_at ?? "")).toBe((world.now + 30 * 86_400) * 1000);
    expect(await cancelSubscription(ctx)).toEqual(view);
    world.now += 30 * 86_400;
    world.end(id);
    await deliver();
    expect(await account()).toMatchObject({ plan: "free", stripeSubscriptionId: null, planEndsAt: null });
    const notices = await db.notice.findMany({ where: { accountId: ctx.actor.accountId } });
    expect(notices).toMatchObject([{ kind: "plan_ended", occasion: id, data: { plan: "pro" } }]);
  });

  test("is taken back by choosing the plan again", async () => {
    await subscribe("pro");
    await cancelSubscription(ctx);
    await deliver();
    await startCheckout(ctx, "pro");
    await deliver();
    expect(await account()).toMatchObject({ plan: "pro", planEndsAt: null });
  });

  test("of nothing is not found, and leaves a plan that an admin gave", async () => {
    await expect(cancelSubscription(ctx)).rejects.toMatchObject({ code: "not_found" });
    const given = await testUser(db, { plan: "pro" });
    await startCardSetup(given);
    await expect(cancelSubscription(given)).rejects.toMatchObject({ code: "not_found" });
    const customer = (await db.account.findUniqueOrThrow({ where: { id: given.actor.accountId } })).stripeCustomerId;
    world.attachCard(customer ?? "");
    await deliver();
    expect(await showSubscription(given)).toMatchObject({ plan: "pro", is_paid: false, has_payment_method: true });
  });

  test("happens at once when the account goes", async () => {
    const id = await subscribe("pro");
    await endPayments(db, ctx.actor.accountId, ctx.signal);
    expect(world.get(id)["status"]).toBe("canceled");
    await endPayments(db, ctx.actor.accountId, ctx.signal);
    await db.account.delete({ where: { id: ctx.actor.accountId } });
    await deliver();
  });
});

describe("a renewal whose card is refused", () => {
  test("is told once, keeps the plan while Stripe tries again, and is no news once paid", async () => {
    const id = await subscribe("standard");
    const invoice = world.failRenewal(id);
    await deliver();
    expect((await account()).plan).toBe("standard");
    const where = { accountId: ctx.actor.accountId, kind: "payment_failed" };
    const [notice] = await db.notice.findMany({ where });
    expect(notice).toMatchObject({ occasion: invoice.id, readAt: null, data: { amount_usd: 20 } });
    world.payInvoice(invoice.id);
    await deliver();
    const [after] = await db.notice.findMany({ where });
    expect(after?.readAt).not.toBeNull();
    expect((await account()).plan).toBe("standard");
  });

  test("ends the plan when Stripe gives up", async () => {
    const id = await subscribe("standard");
    world.failRenewal(id);
    world.end(id);
    await deliver();
    expect((await account()).plan).toBe("free");
  });
});

test("a card that is stored and removed is on file and is not", async () => {
  const session = world.complete(sessionOf(await startCardSetup(ctx)));
  await deliver();
  expect((await showSubscription(ctx)).has_payment_method).toBe(true);
  const [card] = world.all("payment_method", { customer: session["customer"] });
  world.detachCard(card?.id ?? "");
  await deliver();
  expect((await showSubscription(ctx)).has_payment_method).toBe(false);
});
