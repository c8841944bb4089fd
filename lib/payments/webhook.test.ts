import { beforeEach, describe, expect, test } from "vitest";
import { POST as webhook } from "@/app/v1/billing/webhook/route";
import type { Ctx } from "@/lib/auth/context";
import { charge, grant, readBalance } from "@/lib/billing/ledger";
import { testDatabase, testUser } from "@/lib/db/testing";
import { newId } from "@/lib/ids";
import { startCardSetup } from "./start-card-setup";
import { startTopUp } from "./start-top-up";
import { testStripe } from "./testing";
import type { FakeEvent } from "./testing-world";

const { db } = await testDatabase();
const stripe = await testStripe();
const { world } = stripe;

let ctx: Ctx;
let heard: number;

beforeEach(async () => {
  ctx = await testUser(db, { plan: "free" });
  heard = world.events.length;
  stripe.faults = [];
  stripe.beforeAnswer = () => undefined;
});

async function send(payload: string, signature: string | null) {
  const headers = signature === null ? {} : { "stripe-signature": signature };
  const request = new Request("http://faces.test/v1/billing/webhook", { method: "POST", headers, body: payload });
  const response = await webhook(request, { params: Promise.resolve({}) });
  return { status: response.status, body: (await response.json()) as { data?: { outcome: string } } };
}

function deliver(event: FakeEvent, options = {}) {
  const { payload, signature } = stripe.delivery(event, options);
  return send(payload, signature);
}

/** What happened in this test so far. */
const events = () => world.events.slice(heard);
const deliverAll = async () => {
  for (const event of events()) expect((await deliver(event)).status).toBe(200);
};

function event(type: string): FakeEvent {
  const found = events().find((one) => one.type === type);
  if (found === undefined) throw new Error(`Nothing of type ${type} happened.`);
  return found;
}

const balanceOf = async ({ actor }: Ctx) => (await readBalance(db, actor.accountId)).balanceMicroUsd;
const account = () => db.account.findUniqueOrThrow({ where: { id: ctx.actor.accountId } });
const input = (cents: number) => ({ amount_usd: cents, use_saved_card: false, key: newId("request") });

/** Pays for credit on Stripe's page, of which nobody has heard yet. @returns the payment's id */
async function pay(cents: number, of = ctx): Promise<string> {
  const { url } = await startTopUp(of, input(cents));
  return String(world.complete(url?.split("/").at(-1) ?? "")["payment_intent"]);
}

const usd = 1_000_000n;

describe("a delivery", () => {
  test("that is not signed, signed by another, altered or older than five minutes changes nothing", async () => {
    await pay(2_500);
    const paid = event("payment_intent.succeeded");
    const { payload, signature } = stripe.delivery(paid);
    const altered = payload.replaceAll("2500", "250000");
    expect(altered).not.toBe(payload);
    const answers = await Promise.all([
      send(payload, null),
      send(payload, ""),
      send(payload, "t=1,v1=00"),
      send(payload, signature.replace("v1=", "v0=")),
      send(altered, signature),
      send(` ${payload}`, signature),
      deliver(paid, { secret: "whsec_of_somebody_else" }),
      deliver(paid, { ageSeconds: 301 }),
      send("", signature),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401));
    expect(await balanceOf(ctx)).toBe(0n);
    expect((await deliver(paid, { ageSeconds: 290 })).body.data?.outcome).toBe("done");
    expect(await balanceOf(ctx)).toBe(25n * usd);
  });

  test("that comes again, also at the same moment, is acted on once", async () => {
    await pay(1_000);
    const paid = event("payment_intent.succeeded");
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => deliver(paid)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(answers.filter(({ body }) => body.data?.outcome === "done")).toHaveLength(1);
    expect((await deliver(paid)).body.data?.outcome).toBe("duplicate");
    expect(await balanceOf(ctx)).toBe(10n * usd);
  });

  test("of a type that means nothing here is accepted and not kept", async () => {
    const unknown = world.emit(
      "radar.early_fraud_warning.created",
      world.add("issfr", "radar.early_fraud_warning", {}),
    );
    expect(await deliver(unknown)).toMatchObject({ status: 200, body: { data: { outcome: "ignored" } } });
    expect(await db.stripeEvent.findUnique({ where: { id: unknown.id } })).toBeNull();
  });

  test("about a customer of something else at the same Stripe account is accepted and credits nobody", async () => {
    const foreign = world.add("cus", "customer", {});
    world.payment(foreign.id, 5_000, { metadata: { purpose: "topup", account_id: ctx.actor.accountId } });
    world.subscription(foreign.id, "price_pro");
    world.payment(null, 5_000, { metadata: { purpose: "topup" } });
    await startCardSetup(ctx);
    await deliverAll();
    expect([await balanceOf(ctx), (await account()).plan]).toEqual([0n, "free"]);
  });

  test("with another amount than Stripe has counts as what Stripe has", async () => {
    await pay(700);
    const paid = event("payment_intent.succeeded");
    const lying = structuredClone(paid);
    Object.assign(lying.data.object as object, { amount: 999_900, amount_received: 999_900 });
    expect((await deliver(lying)).status).toBe(200);
    expect(await balanceOf(ctx)).toBe(7n * usd);
  });

  test("that cannot be acted on is refused whole, noted, and done when it comes again", async () => {
    await pay(1_000);
    const paid = event("checkout.session.completed");
    const down = [{ status: 500 }, { status: 503 }, { status: 429 }, "reset", { status: 401 }] as const;
    for (const fault of down) {
      stripe.faults = [fault, fault, fault, fault, fault, fault];
      const { status } = await deliver(paid);
      expect(status).toBeGreaterThanOrEqual(500);
      expect(await balanceOf(ctx)).toBe(0n);
      expect(await db.stripeEvent.findUnique({ where: { id: paid.id } })).toMatchObject({ handledAt: null });
    }
    stripe.faults = [];
    expect((await deliver(paid)).body.data?.outcome).toBe("done");
    const row = await db.stripeEvent.findUniqueOrThrow({ where: { id: paid.id } });
    expect([row.error, row.handledAt === null]).toEqual([null, false]);
    expect(await balanceOf(ctx)).toBe(10n * usd);
  });

  test("whose effect fails in the database leaves neither its row nor half its effect", async () => {
    const intent = await pay(1_000);
    world.refund(intent, 400);
    await db.$executeRawUnsafe(`
      CREATE FUNCTION refuse_refunds() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF NEW.reference LIKE 're_%' THEN RAISE EXCEPTION 'disk full'; END IF; RETURN NEW; END $$`);
    await db.$executeRawUnsafe(
      "CREATE TRIGGER refuse_refunds BEFORE INSERT ON ledger_entries FOR EACH ROW EXECUTE FUNCTION refuse_refunds()",
    );
    const paid = event("payment_intent.succeeded");
    expect((await deliver(paid)).status).toBe(503);
    expect(await balanceOf(ctx)).toBe(0n);
    await db.$executeRawUnsafe("DROP TRIGGER refuse_refunds ON ledger_entries");
    expect((await deliver(paid)).body.data?.outcome).toBe("done");
    expect(await balanceOf(ctx)).toBe(6n * usd);
  });
});

describe("an overtaken reading", () => {
  test("never has the last word: who read earlier and writes later reads again", async () => {
    await startCardSetup(ctx);
    const customer = (await account()).stripeCustomerId ?? "";
    const subscription = world.subscription(customer, "price_pro");
    const [created] = events().filter(({ type }) => type === "customer.subscription.created");
    if (created === undefined) throw new Error("It was not created.");
    let overtaken = 0;
    stripe.beforeAnswer = async (request) => {
      if (request !== "GET /v1/subscriptions" || overtaken++ > 0) return;
      // its answer is made and not yet sent: the subscription ends, and that is heard of first
      world.end(subscription.id);
      expect((await deliver(event("customer.subscription.deleted"))).body.data?.outcome).toBe("done");
    };
    expect((await deliver(created)).body.data?.outcome).toBe("done");
    expect(overtaken).toBe(3);
    expect(await account()).toMatchObject({ plan: "free", stripeSubscriptionId: null });
  });
});

describe("money that goes back", () => {
  test("takes its credit back, once per refund, and gives it again when the refund fails", async () => {
    const intent = await pay(2_000);
    world.refund(intent, 500);
    const failing = world.refund(intent, 300);
    await deliverAll();
    expect(await balanceOf(ctx)).toBe(12n * usd);
    world.failRefund(failing.id);
    await deliverAll();
    await deliverAll();
    expect(await balanceOf(ctx)).toBe(15n * usd);
  });

  test("is heard of before the payment itself, and comes to the same", async () => {
    const intent = await pay(2_000);
    world.refund(intent, 500);
    for (const one of events().reverse()) await deliver(one);
    expect(await balanceOf(ctx)).toBe(15n * usd);
  });

  test("after its credit was spent freezes the account until it is paid, and a top-up frees it", async () => {
    const { accountId } = ctx.actor;
    await grant(db, { accountId, amountMicroUsd: 1n * usd, reference: "before" });
    const intent = await pay(1_000);
    await deliverAll();
    await charge(db, { accountId, amountMicroUsd: 8n * usd, reference: "spent" });
    world.dispute(intent, 1_000);
    await deliverAll();
    expect(await balanceOf(ctx)).toBe(-7n * usd);
    expect(await account()).toMatchObject({
      isFrozen: true,
      frozenReason: "A payment was taken back after its credit was spent. Add at least $7.00 of credit to go on.",
    });
    await pay(500);
    await deliverAll();
    expect((await account()).frozenReason).toMatch(/at least \$2\.00/);
    await pay(500);
    await deliverAll();
    expect(await account()).toMatchObject({ isFrozen: false, frozenReason: null });
    expect(await balanceOf(ctx)).toBe(3n * usd);
  });

  test("in a dispute that is won is here again; an inquiry takes nothing", async () => {
    const intent = await pay(1_000);
    const dispute = world.dispute(intent, 1_000);
    await deliverAll();
    expect(await balanceOf(ctx)).toBe(0n);
    world.closeDispute(dispute.id, "won");
    const inquiry = world.dispute(intent, 1_000, "warning_needs_response");
    await deliverAll();
    world.closeDispute(inquiry.id, "warning_closed");
    await deliverAll();
    expect(await balanceOf(ctx)).toBe(10n * usd);
  });

  test("does not free an account that an admin froze", async () => {
    const { accountId: id } = ctx.actor;
    const intent = await pay(1_000);
    await deliverAll();
    await db.account.update({ where: { id }, data: { isFrozen: true, frozenReason: "abuse" } });
    world.refund(intent, 1_000);
    await deliverAll();
    expect(await account()).toMatchObject({ isFrozen: true, frozenReason: "abuse" });
    await expect(startTopUp(ctx, input(1_000))).rejects.toMatchObject({ code: "account_frozen" });
  });
});
