import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transcriptionCost } from "./charge-transcription";
import { microUsdFromUsd } from "./money";
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

  it("is refused where a price, a count or a markup cannot be", () => {
    for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY, 1e18]) {
      expect(() => costMicroUsd({ input: wrong, output: 1 }, { input: 1, output: 1 }, 0)).toThrow(RangeError);
      if (wrong !== 1e18) expect(() => costMicroUsd(mini, { input: wrong, output: 1 }, 0)).toThrow(RangeError);
      expect(() => costMicroUsd(mini, { input: 1, output: 1 }, wrong)).toThrow(RangeError);
      expect(() => microUsdFromUsd(wrong)).toThrow(RangeError);
      const prices = { TRANSCRIBE_USD_PER_MINUTE: 1, MARKUP_PERCENT: 0 };
      if (wrong !== 1e18) expect(() => transcriptionCost(wrong, prices)).toThrow(RangeError);
    }
  });

  it("of a recording is every second begun, with the same markup", () => {
    const prices = { TRANSCRIBE_USD_PER_MINUTE: 0.006, MARKUP_PERCENT: 20 };
    expect(transcriptionCost(60.5, prices)).toBe(7_320n);
    expect(transcriptionCost(0, prices)).toBe(0n);
    expect(transcriptionCost(1, { TRANSCRIBE_USD_PER_MINUTE: 0.0001, MARKUP_PERCENT: 0 })).toBe(2n);
  });

  it("is nothing for a model whose every price is zero", () => {
    expect(isFree({ input: 0, output: 0 })).toBe(true);
    expect(isFree({ input: 0, output: 0.1 })).toBe(false);
  });
});
