import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quotaPeriod } from "./quota-period";

const day = 24 * 60 * 60 * 1000;
const length = 30 * day;
// every year has its changes of clock and 2024, 2028, 2032 their leap days
const date = fc.date({ min: new Date("2020-01-01"), max: new Date("2036-12-31"), noInvalidDate: true });

describe("the period of a quota", () => {
  test("is thirty days that hold now, wherever clocks change and years leap", () => {
    fc.assert(
      fc.property(date, date, (one, other) => {
        const [planStartedAt, now] = one < other ? [one, other] : [other, one];
        const { startsAt, resetsAt } = quotaPeriod({ plan: "standard", planStartedAt }, now);
        expect(resetsAt?.getTime()).toBe(startsAt.getTime() + length);
        expect(startsAt.getTime()).toBeLessThanOrEqual(now.getTime());
        expect(resetsAt?.getTime()).toBeGreaterThan(now.getTime());
        expect((startsAt.getTime() - planStartedAt.getTime()) % length).toBe(0);
      }),
    );
  });

  test("begins anew at the instant of its reset, not before, and leaves no gap", () => {
    fc.assert(
      fc.property(date, fc.nat({ max: 100 }), (planStartedAt, n) => {
        const border = new Date(planStartedAt.getTime() + n * length);
        const account = { plan: "pro", planStartedAt };
        expect(quotaPeriod(account, border).startsAt).toEqual(border);
        const before = quotaPeriod(account, new Date(border.getTime() - 1));
        if (n > 0) expect(before.resetsAt).toEqual(border);
      }),
    );
  });

  test("of a plan whose quota is given once holds all that was ever used", () => {
    fc.assert(
      fc.property(date, date, (planStartedAt, now) => {
        expect(quotaPeriod({ plan: "free", planStartedAt }, now)).toEqual({ startsAt: new Date(0), resetsAt: null });
      }),
    );
  });

  test("has begun where a clock runs behind the plan's beginning", () => {
    const planStartedAt = new Date("2028-02-29T12:00:00Z");
    const { startsAt } = quotaPeriod({ plan: "standard", planStartedAt }, new Date("2028-02-29T11:59:59Z"));
    expect(startsAt).toEqual(planStartedAt);
  });
});
