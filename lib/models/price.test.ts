import { describe, expect, it } from "vitest";
import { hostedModels, priceSources } from "./hosted-models";
import { isFreePrice, ratesAt, withLongPrompts } from "./price";

describe("a price with dearer long prompts", () => {
  const price = withLongPrompts({ input: 2, cachedInput: 0.1, output: 10 }, 272_000, { input: 2, output: 1.5 });

  it("is the ordinary one up to the border, and another for the whole call above it", () => {
    expect(ratesAt(price, 272_000)).toMatchObject({ input: 2, cachedInput: 0.1, output: 10 });
    expect(ratesAt(price, 272_001)).toEqual({ input: 4, cachedInput: 0.2, output: 15 });
  });

  it("is free only when its long prompts are free too", () => {
    expect(isFreePrice({ input: 0, output: 0 })).toBe(true);
    expect(isFreePrice({ input: 0, output: 0, longPrompt: { aboveTokens: 1, rates: { input: 1, output: 0 } } })).toBe(
      false,
    );
  });
});

describe("the price list", () => {
  it("has each model once, with the seeds' among them", () => {
    const ids = hostedModels.map((model) => model.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of [
      "gpt-4o-mini",
      "gpt-4o",
      "claude-sonnet-4-6",
      "accounts/fireworks/models/llama-v3p1-8b-instruct",
    ]) {
      expect(ids).toContain(id);
    }
  });

  it("charges for every hosted model, never less for output than for input, and less for what was cached", () => {
    for (const { id, price, contextTokens, maxOutputTokens } of hostedModels) {
      for (const rates of [price, price.longPrompt?.rates ?? price]) {
        expect(rates.input, id).toBeGreaterThan(0);
        expect(rates.output, id).toBeGreaterThanOrEqual(rates.input);
        expect(rates.cachedInput ?? 0, id).toBeLessThan(rates.input);
        expect(rates.cacheWrite ?? rates.input, id).toBeGreaterThanOrEqual(rates.input);
        expect(rates.cacheWriteLong ?? rates.cacheWrite ?? 0, id).toBeGreaterThanOrEqual(rates.cacheWrite ?? 0);
      }
      expect(maxOutputTokens, id).toBeLessThanOrEqual(contextTokens);
    }
  });

  it("says where the prices are from, and of which day", () => {
    for (const { url, asOf } of Object.values(priceSources)) {
      expect(new URL(url).protocol).toBe("https:");
      expect(asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });
});
