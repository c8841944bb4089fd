import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costMicroUsd, inputTokens, isFree } from "./prices";

const mini = { input: 0.15, cachedInput: 0.075, output: 0.6 };

describe("the price of a call", () => {
  it("is the provider's price in micro-USD, rounded up", () => {
    expect(costMicroUsd(mini, { input: 1_000_000, output: 1_000_000 }, 0)).toBe(750_000n);
    expect(costMicroUsd(mini, { input: 1, output: 0 }, 0)).toBe(1n);
    expect(costMicroUsd(mini, { input: 0, output: 0 }, 0)).toBe(0n);
  });

  it("takes the markup once, also a fraction of a percent", () => {
    expect(costMicroUsd(mini, { input: 1_000_000, output: 0 }, 20)).toBe(180_000n);
    expect(costMicroUsd(mini, { input: 1_000_000, output: 0 }, 0.5)).toBe(150_750n);
  });

  it("counts cached input at its own price, and at the input price where a model has none", () => {
    expect(costMicroUsd(mini, { input: 0, output: 0, cachedInput: 1_000_000 }, 0)).toBe(75_000n);
    expect(costMicroUsd({ input: 2, output: 1 }, { input: 0, output: 0, cacheWrite: 1_000_000 }, 0)).toBe(2_000_000n);
    expect(inputTokens({ input: 1, output: 9, cachedInput: 2, cacheWrite: 3, cacheWriteLong: 4 })).toBe(10);
  });

  it("never costs less for more", () => {
    const tokens = fc.integer({ min: 0, max: 2_000_000 });
    fc.assert(
      fc.property(tokens, tokens, tokens, (input, output, more) => {
        const less = costMicroUsd(mini, { input, output }, 12.5);
        return costMicroUsd(mini, { input: input + more, output }, 12.5) >= less;
      }),
    );
  });

  it("is nothing for a model whose every price is zero", () => {
    expect(isFree({ input: 0, output: 0 })).toBe(true);
    expect(isFree({ input: 0, output: 0.1 })).toBe(false);
  });
});
