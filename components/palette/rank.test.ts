import { describe, expect, it } from "vitest";
import { best, fit } from "./rank";

const named = (...labels: string[]) => labels.map((label) => ({ label }));

describe("finding in the palette", () => {
  it("asks of every word that it begins one of the thing's", () => {
    expect(fit("sync al", { label: "Sync 2 documents of Alice" })).toBeGreaterThan(0);
    expect(fit("sync bo", { label: "Sync 2 documents of Alice" })).toBe(0);
    expect(fit("", { label: "anything" })).toBeGreaterThan(0);
  });

  it("puts what begins so first, and a keyword last", () => {
    const items = [{ label: "Usage and billing", keywords: ["keys"] }, ...named("API keys", "Keys of Bo")];
    expect(best("key", items, 5).map(({ label }) => label)).toEqual(["Keys of Bo", "API keys", "Usage and billing"]);
  });

  it("finds names whatever their accents and alphabet", () => {
    expect(best("andre", named("André Breton", "Bo"), 5)).toHaveLength(1);
    expect(best("анна", named("Анна Каренина"), 5)).toHaveLength(1);
  });

  it("keeps the order of equals, and only so many", () => {
    expect(best("a", named("A one", "A two", "A ten"), 2).map(({ label }) => label)).toEqual(["A one", "A two"]);
  });
});
