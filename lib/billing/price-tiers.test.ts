import { describe, expect, it } from "vitest";
import type { ServedModel } from "@/lib/models/catalogue";
import type { Price } from "@/lib/models/price";
import { mostSearches, priceFor } from "./price-tiers";
import { costMicroUsd } from "./prices";

const price: Price = { input: 2, output: 10, cachedInput: 1 };
const long: Price = { ...price, longPrompt: { aboveTokens: 100, rates: { input: 4, output: 20 } } };

function model(provider: ServedModel["provider"], itsPrice: Price = price): ServedModel {
  return { provider, price: itsPrice } as ServedModel;
}

describe("what a request costs beside the list", () => {
  it("is the list's price at the standard tier", () => {
    for (const tier of [{}, { service_tier: "auto" }, { service_tier: "default" }, { service_tier: null }])
      expect(priceFor(model("openai"), tier)).toEqual(price);
    expect(priceFor(model("anthropic"), { service_tier: "standard_only", speed: "standard" })).toEqual(price);
  });

  it("is half at OpenAI's flex tier, long prompts too", () => {
    expect(priceFor(model("openai", long), { service_tier: "flex" })).toEqual({
      input: 1,
      output: 5,
      cachedInput: 0.5,
      longPrompt: { aboveTokens: 100, rates: { input: 2, output: 10 } },
    });
  });

  it("is a tenth more where Anthropic keeps the work in one country", () => {
    const dearer = priceFor(model("anthropic"), { inference_geo: "us" });
    expect(costMicroUsd(dearer, { input: 1_000_000, output: 0 }, 0)).toBe(2_200_000n);
    expect(priceFor(model("anthropic"), { inference_geo: "global" })).toEqual(price);
  });

  it.each([
    ["openai", { service_tier: "priority" }, "service_tier"],
    ["openai", { service_tier: "scale" }, "service_tier"],
    ["fireworks", { service_tier: "priority" }, "service_tier"],
    ["openai", { web_search_options: {} }, "web_search_options"],
    ["anthropic", { speed: "fast" }, "speed"],
    ["anthropic", { tools: [{ type: "code_execution_20250825", name: "code_execution" }] }, "tools"],
  ] as const)("is refused in words where it is not known: %s %j", (provider, request, param) => {
    expect(() => priceFor(model(provider), request)).toThrow(expect.objectContaining({ code: "invalid_input", param }));
  });

  it("is nobody's matter on a server of one's own", () => {
    expect(priceFor(model("server"), { service_tier: "priority", speed: "fast" })).toEqual(price);
  });

  it("has a fee for each search", () => {
    const search = (most?: number) => ({ tools: [{ type: "web_search_20250305", max_uses: most }, { name: "own" }] });
    expect(mostSearches(model("anthropic"), search(3))).toBe(3);
    expect(mostSearches(model("anthropic"), search())).toBe(10);
    expect(mostSearches(model("anthropic"), { tools: [{ name: "web_search" }] })).toBe(0);
    expect(costMicroUsd(price, { input: 0, output: 0, searches: 3 }, 0)).toBe(30_000n);
  });
});
