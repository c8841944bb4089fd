import { describe, expect, test } from "vitest";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { requireStripe } from "./stripe-client";
import { asking } from "./stripe-error";
import { testStripe } from "./testing";

const fake = await testStripe();

const signal = new AbortController().signal;
const create = (options = {}, until = signal) =>
  asking(() => requireStripe(until, options).customers.create({ metadata: { account_id: "acc_1" } }));

async function errorOf(work: Promise<unknown>): Promise<AppError> {
  const error = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof AppError)) throw new Error(`No error for a caller: ${String(error)}`);
  return error;
}

describe("asking Stripe", () => {
  test("is repeated under one idempotency key while it is down, so that it is done once", async () => {
    const before = fake.world.all("customer").length;
    fake.faults = ["lost", { status: 500 }];
    await create();
    expect(fake.world.all("customer")).toHaveLength(before + 1);
  });

  test("that stays down, slow, busy or unreachable is told as such, with when to come again", async () => {
    const down = [{ status: 500 }, { status: 503 }, { status: 429 }, "reset"] as const;
    for (const fault of down) {
      fake.faults = [fault, fault];
      expect(await errorOf(create({ maxRetries: 0 }))).toMatchObject({ code: "unavailable", retryAfterSeconds: 10 });
    }
    fake.faults = ["hang"];
    expect((await errorOf(create({ maxRetries: 0, timeoutMs: 50 }))).code).toBe("unavailable");
    fake.faults = [];
  });

  test("ends at once when its caller has gone", async () => {
    fake.faults = ["hang", "hang"];
    const caller = new AbortController();
    const asked = errorOf(create({ maxRetries: 0 }, caller.signal));
    setImmediate(() => caller.abort());
    expect((await asked).code).toBe("unavailable");
    fake.faults = [];
  });

  test("with a key that Stripe does not accept names the setting, and never the key", async () => {
    const { STRIPE_SECRET_KEY } = env();
    Object.assign(env(), { STRIPE_SECRET_KEY: "sk_test_wrong" });
    const error = await errorOf(create());
    Object.assign(env(), { STRIPE_SECRET_KEY });
    expect(error.code).toBe("upstream_failed");
    expect(error.message).toContain("STRIPE_SECRET_KEY");
    expect(error.message).not.toContain("sk_test");
  });
});
