import { beforeEach, describe, expect, test } from "vitest";
import { GET as subscription } from "@/app/v1/billing/subscription/route";
import { POST as topUp } from "@/app/v1/billing/topup/route";
import { POST as webhook } from "@/app/v1/billing/webhook/route";
import { createAccessToken } from "@/lib/auth/access-token";
import type { Ctx } from "@/lib/auth/context";
import { readBalance } from "@/lib/billing/ledger";
import { testDatabase, testUser } from "@/lib/db/testing";
import { serveForTest } from "@/lib/http/testing";
import { newId } from "@/lib/ids";
import { catchUpWithStripe } from "./catch-up";
import { receiveWebhook } from "./receive-webhook";
import { startCardSetup } from "./start-card-setup";
import { testStripe } from "./testing";

const { db } = await testDatabase();
const stripe = await testStripe();
const { world } = stripe;

let ctx: Ctx;
let token: string;
let heard: number;

beforeEach(async () => {
  ctx = await testUser(db, { plan: "free" });
  heard = world.events.length;
  stripe.faults = [];
  const { accountId } = ctx.actor;
  const sessionId = newId("session");
  await db.session.create({ data: { id: sessionId, accountId, expiresAt: new Date(Date.now() + 3_600_000) } });
  token = await createAccessToken({ accountId, sessionId });
});

type Answer = { data: { url: string | null; is_paid: boolean }; error: { code: string; message: string } };

/** One call as a signed-in person's page makes it. */
async function ask(body: unknown, key?: string): Promise<{ status: number; body: Answer }> {
  const headers = new Headers({ authorization: `Bearer ${token}`, "content-type": "application/json" });
  if (key !== undefined) headers.set("idempotency-key", key);
  const request = new Request("http://faces.test/v1/billing/topup", {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  const response = await topUp(request, { params: Promise.resolve({}) });
  return { status: response.status, body: (await response.json()) as Answer };
}

const sessionOf = ({ body }: { body: Answer }) => body.data.url?.split("/").at(-1) ?? "";
const balance = async () => (await readBalance(db, ctx.actor.accountId)).balanceMicroUsd;
const usd = 1_000_000n;

async function deliver(): Promise<void> {
  for (const event of world.events.slice(heard)) {
    const { payload, signature } = stripe.delivery(event);
    await receiveWebhook(db, { payload: Buffer.from(payload), signature, signal: ctx.signal });
  }
}

/** Stores a card. @param behaves how it answers when it is charged: a code of Stripe's declines */
async function storeCard(behaves?: string): Promise<void> {
  await startCardSetup(ctx);
  const { stripeCustomerId } = await db.account.findUniqueOrThrow({ where: { id: ctx.actor.accountId } });
  const card = world.attachCard(stripeCustomerId ?? "");
  if (behaves !== undefined) card.metadata["behaves"] = behaves;
}

const paid = () => world.all("payment_intent").filter(({ metadata }) => metadata["account_id"] === ctx.actor.accountId);

describe("credit bought on Stripe's page", () => {
  test("is there once it is paid, in whole cents, however it is heard of", async () => {
    const asked = await ask({ amount_usd: 12.34 });
    expect(asked).toMatchObject({ status: 200, body: { data: { is_paid: false } } });
    expect(await balance()).toBe(0n);
    world.complete(sessionOf(asked), { saveCard: true });
    await deliver();
    await deliver();
    expect(await balance()).toBe(12_340_000n);
    expect(await db.account.findUnique({ where: { id: ctx.actor.accountId } })).toMatchObject({
      hasPaymentMethod: true,
    });
  });

  test("is there when its payer is back before any webhook, and once when both come together", async () => {
    const session = sessionOf(await ask({ amount_usd: 20 }));
    world.complete(session);
    const request = () =>
      new Request(`http://faces.test/v1/billing/subscription?session_id=${session}`, {
        headers: { authorization: `Bearer ${token}` },
      });
    const back = () => subscription(request(), { params: Promise.resolve({}) });
    const answers = await Promise.all([back(), back(), deliver(), deliver()]);
    expect([answers[0].status, answers[1].status]).toEqual([200, 200]);
    expect(await balance()).toBe(20n * usd);
  });

  test("twice at once is two payments and both are credited", async () => {
    const pages = await Promise.all([ask({ amount_usd: 5 }), ask({ amount_usd: 7 })]);
    for (const page of pages) world.complete(sessionOf(page));
    await Promise.all([deliver(), deliver()]);
    expect(await balance()).toBe(12n * usd);
  });

  test("goes through the pages of a browser and the webhooks of the wire", async () => {
    const server = await serveForTest({ "POST /v1/billing/webhook": webhook });
    for (const { id } of world.events) world.delivered.add(id);
    stripe.webhookUrl = `${server.url}/v1/billing/webhook`;
    const { url } = (await ask({ amount_usd: 15 })).body.data;
    expect(await (await fetch(url ?? "")).text()).toContain("Pay $15.00");
    const pressed = await fetch(url ?? "", { method: "POST", body: new URLSearchParams(), redirect: "manual" });
    stripe.webhookUrl = null;
    await server.close();
    const id = url?.split("/").at(-1);
    expect(pressed.headers.get("location")).toBe(`http://faces.test/usage?paid=credit&session_id=${id}`);
    expect(world.events.filter((event) => !world.delivered.has(event.id))).toEqual([]);
    expect(await balance()).toBe(15n * usd);
    expect((await fetch(url ?? "")).status).toBe(404);
  });

  test("asked for twice under one Idempotency-Key is one page", async () => {
    const first = await ask({ amount_usd: 5 }, "press");
    expect((await ask({ amount_usd: 5 }, "press")).body).toEqual(first.body);
    expect((await ask({ amount_usd: 6 }, "press")).body.error.code).toBe("idempotency_mismatch");
  });

  test("by a transfer is there when it arrives; one that fails days later is told", async () => {
    const arriving = sessionOf(await ask({ amount_usd: 30 }));
    const failing = sessionOf(await ask({ amount_usd: 40 }));
    for (const session of [arriving, failing]) world.completeLater(session);
    await deliver();
    expect(await balance()).toBe(0n);
    world.endTransfer(arriving, true);
    world.endTransfer(failing, false);
    await deliver();
    expect(await balance()).toBe(30n * usd);
    const notices = await db.notice.findMany({ where: { accountId: ctx.actor.accountId } });
    expect(notices).toMatchObject([{ kind: "payment_failed", data: { amount_usd: 40, next_attempt_at: null } }]);
  });

  test("while nobody could be told is found by asking Stripe what it could not deliver", async () => {
    for (const { id } of world.events) world.delivered.add(id);
    const pages = [await ask({ amount_usd: 5 }), await ask({ amount_usd: 6 })];
    for (const page of pages) world.complete(sessionOf(page));
    const now = Date.now();
    expect(await catchUpWithStripe(db, ctx.signal, now)).toBe(4);
    expect(await balance()).toBe(11n * usd);
    expect(await catchUpWithStripe(db, ctx.signal, now + 60_000)).toBeNull();
    expect(await catchUpWithStripe(db, ctx.signal, now + 600_000)).toBe(0);
    // long after nobody remembers the events, their payments are still known
    const inAYear = now + 365 * 24 * 3_600_000;
    expect(await catchUpWithStripe(db, ctx.signal, inAYear)).toBe(4);
    expect(await balance()).toBe(11n * usd);
  });

  test("takes whole cents between the least and the most, and nothing else", async () => {
    const wrong = [4.99, 5_000.01, 5.001, -5, 0, 1e300, "5", null, true, [5], undefined, 5e-324];
    for (const amount_usd of wrong) expect((await ask({ amount_usd })).status, String(amount_usd)).toBe(422);
    expect((await ask({ amount_usd: 5, plan: "pro" })).status).toBe(422);
    for (const amount_usd of [5, 5_000, 19.99, 8.2]) {
      const page = await ask({ amount_usd });
      expect(world.get(sessionOf(page))["amount_total"]).toBe(Math.round(amount_usd * 100));
    }
  });
});

describe("credit bought with the card on file", () => {
  const now = { amount_usd: 10, use_saved_card: true };

  test("is there with the answer, and the webhook that follows adds nothing", async () => {
    await storeCard();
    expect((await ask(now, "press")).body.data).toEqual({ url: null, is_paid: true });
    expect(await balance()).toBe(10n * usd);
    await deliver();
    expect(await balance()).toBe(10n * usd);
  });

  test("is charged once when the answer was lost on the way and the same is asked again", async () => {
    await storeCard();
    // the look at the cards, then the charge with all its repetitions: done, and never answered
    stripe.faults = ["none", "lost", "lost", "lost"];
    expect((await ask(now, "press")).status).toBe(503);
    expect(stripe.faults).toEqual([]);
    expect(await balance()).toBe(0n);
    // charged, and then Stripe is gone before the payment could be read
    stripe.faults = ["none", "none", "reset", "reset", "reset"];
    expect((await ask(now, "press")).status).toBe(503);
    expect(await balance()).toBe(0n);
    expect((await ask(now, "press")).body.data.is_paid).toBe(true);
    await deliver();
    expect(paid()).toHaveLength(1);
    expect(await balance()).toBe(10n * usd);
  });

  test("is charged once however many of the same press come at once", async () => {
    await storeCard();
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(now, "press")));
    expect(answers.map(({ status }) => status)).toContain(200);
    expect(new Set(answers.map(({ status }) => status)).difference(new Set([200, 409])).size).toBe(0);
    expect(paid()).toHaveLength(1);
    expect(await balance()).toBe(10n * usd);
  });

  test("needs an Idempotency-Key and a card", async () => {
    expect((await ask(now)).body.error.code).toBe("invalid_input");
    expect((await ask(now, "press")).body.error.code).toBe("conflict");
    expect(paid()).toEqual([]);
  });

  test("that is declined costs nothing and says so", async () => {
    await storeCard("card_declined");
    const { status, body } = await ask(now, "press");
    expect([status, body.error.code]).toEqual([402, "payment_failed"]);
    expect(body.error.message).toBe("The card was not charged: Your card was declined.");
    expect(await balance()).toBe(0n);
  });

  test("whose bank wants to see the person goes on on Stripe's page", async () => {
    await storeCard("authentication_required");
    const asked = await ask(now, "press");
    expect(asked.body.data.is_paid).toBe(false);
    world.complete(sessionOf(asked));
    await deliver();
    expect(await balance()).toBe(10n * usd);
  });
});
