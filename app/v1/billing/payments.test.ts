import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAccessToken } from "@/lib/auth/access-token";
import { testDatabase, testUser } from "@/lib/db/testing";
import { env } from "@/lib/env";
import { testCaller } from "@/lib/http/testing";
import { newId } from "@/lib/ids";
import { testStripe } from "@/lib/payments/testing";
import { POST as cardSetup } from "./card-setup/route";
import { POST as checkout } from "./checkout/route";
import { POST as cancel } from "./subscription/cancel/route";
import { GET as subscription } from "./subscription/route";
import { POST as topUp } from "./topup/route";
import { POST as webhook } from "./webhook/route";

const { db } = await testDatabase();
await testStripe();
const { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET } = env();

afterEach(() => void Object.assign(env(), { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET }));

type Handler = (request: Request, next: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** What buys, as its URL and its body. */
const buying: [string, Handler, string, unknown?][] = [
  ["checkout", checkout, "checkout?plan=pro"],
  ["topup", topUp, "topup", { amount_usd: 10 }],
  ["card-setup", cardSetup, "card-setup"],
];
const changing: typeof buying = [...buying, ["cancel", cancel, "subscription/cancel"]];

async function call(handler: Handler, path: string, credential: string | null, body?: unknown, method = "POST") {
  const headers = new Headers({ "content-type": "application/json" });
  if (credential !== null) headers.set("authorization", `Bearer ${credential}`);
  const init = { method, headers, body: body === undefined ? null : JSON.stringify(body) };
  const response = await handler(new Request(`http://faces.test/v1/billing/${path}`, init), {
    params: Promise.resolve({}),
  });
  const json = (await response.json()) as { data?: Record<string, unknown>; error?: { code: string; message: string } };
  return { status: response.status, data: json.data, error: json.error };
}

let token: string;
let key: string;

beforeEach(async () => {
  const ctx = await testUser(db, { plan: "free" });
  const { accountId } = ctx.actor;
  const sessionId = newId("session");
  await db.session.create({ data: { id: sessionId, accountId, expiresAt: new Date(Date.now() + 3_600_000) } });
  token = await createAccessToken({ accountId, sessionId });
  key = (await testCaller(ctx, { scopes: ["billing:read", "billing:write"] })).key;
});

describe("an installation with Stripe", () => {
  test("gives a person who signed in a page of Stripe's for everything that is bought", async () => {
    for (const [name, handler, path, body] of buying) {
      const { status, data } = await call(handler, path, token, body);
      expect([status, String(data?.["url"])], name).toEqual([200, expect.stringMatching(/\/pay\/cs_\w+$/)]);
    }
    expect((await call(subscription, "subscription", token, undefined, "GET")).data).toMatchObject({
      provider: "stripe",
      plans_for_sale: ["standard", "pro"],
      topup: { min_usd: 5, max_usd: 5_000 },
    });
  });

  test("lets a key look and not buy, and nobody do anything without a credential", async () => {
    for (const [name, handler, path, body] of changing) {
      expect((await call(handler, path, key, body)).error?.code, name).toBe("forbidden");
      expect((await call(handler, path, null, body)).status, name).toBe(401);
    }
    expect((await call(subscription, "subscription", key, undefined, "GET")).status).toBe(200);
    expect((await call(subscription, "subscription", null, undefined, "GET")).status).toBe(401);
  });

  test("sells the plans that have a price, and no others", async () => {
    for (const plan of ["free", "gold", ""]) {
      expect((await call(checkout, `checkout?plan=${plan}`, token)).status).toBe(422);
    }
    const { STRIPE_PRICE_PRO } = env();
    Object.assign(env(), { STRIPE_PRICE_PRO: undefined });
    const { error } = await call(checkout, "checkout?plan=pro", token);
    const view = await call(subscription, "subscription", token, undefined, "GET");
    Object.assign(env(), { STRIPE_PRICE_PRO });
    expect(error).toMatchObject({ code: "invalid_input", message: "The plan pro is not for sale here." });
    expect(view.data?.["plans_for_sale"]).toEqual(["standard"]);
  });
});

describe("an installation without Stripe", () => {
  test("says how credit and plans come about, and pretends nothing", async () => {
    Object.assign(env(), { STRIPE_SECRET_KEY: undefined, STRIPE_WEBHOOK_SECRET: undefined });
    for (const [name, handler, path, body] of [...changing, ["webhook", webhook, "webhook", {}] as const]) {
      const { status, error } = await call(handler, path, token, body);
      expect([status, error?.code], name).toEqual([422, "payments_not_configured"]);
      expect(error?.message).toContain("its admin grants credit and plans");
    }
    expect((await call(subscription, "subscription", token, undefined, "GET")).data).toMatchObject({
      provider: null,
      plan: "free",
      is_paid: false,
      plans_for_sale: [],
      topup: null,
      message: expect.stringContaining("its admin grants credit and plans") as string,
    });
  });
});
