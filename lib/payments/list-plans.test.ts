import { expect, test } from "vitest";
import { plans } from "@/lib/billing/plans";
import { listPlans } from "./list-plans";
import { testStripe } from "./testing";

const { signal } = new AbortController();

test("plans are told with their limits, and with no price where nothing is sold", async () => {
  const found = await listPlans({ signal });
  expect(found.map(({ id, compile_tokens, max_faces }) => [id, compile_tokens, max_faces])).toEqual(
    Object.entries(plans).map(([id, plan]) => [id, plan.compileTokens, plan.maxFaces]),
  );
  expect(found.every(({ is_for_sale, price }) => !is_for_sale && price === null)).toBe(true);
});

test("where plans are sold their prices are Stripe's, and are left out while it does not answer", async () => {
  const fake = await testStripe();
  fake.faults = [{ status: 500 }, { status: 500 }];
  expect((await listPlans({ signal })).map(({ is_for_sale, price }) => [is_for_sale, price])).toEqual([
    [false, null],
    [true, null],
    [true, null],
  ]);
  const [, standard, pro] = await listPlans({ signal });
  expect(standard?.price).toEqual({ amount: 19, currency: "usd", interval: "month", interval_count: 1 });
  expect(pro?.price?.amount).toBe(99);
  const before = fake.requests.length;
  await listPlans({ signal });
  expect(fake.requests).toHaveLength(before);
});
