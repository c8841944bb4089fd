import { describe, expect, test } from "vitest";
import { daysOf, emptyDraft, problemsOf, toBody } from "./key-draft";

describe("a key that is being written", () => {
  test("is fine with a name alone, and gets what a key usually may", () => {
    const draft = { ...emptyDraft, name: " notebook " };
    expect(problemsOf(draft)).toEqual({});
    expect(toBody(draft)).toEqual({
      name: "notebook",
      budget_usd: null,
      expires_in_days: null,
      scopes: ["faces:read", "faces:write", "chat", "billing:read"],
      allowlist: [],
      allowed_faces: [],
      allowed_models: [],
    });
  });

  test.each([
    ["name", { name: `sk-faces-${"a".repeat(40)}` }],
    ["name", { name: "a".repeat(101) }],
    ["budget", { budget: "-1" }],
    ["budget", { budget: "five" }],
    ["ownDays", { ends: "own", ownDays: "0" }],
    ["ownDays", { ends: "own", ownDays: "1.5" }],
    ["scopes", { scopes: [] }],
    ["faces", { faces: [] }],
    ["models", { models: [] }],
    ["hosts", { hosts: "app.example.com\nexample.com/path" }],
  ])("says what is wrong with its %s", (field, changes) => {
    expect(Object.keys(problemsOf({ ...emptyDraft, ...changes }))).toEqual([field]);
  });

  test("reads amounts, ends and hosts as people type them", () => {
    const draft = {
      ...emptyDraft,
      budget: "$0,50",
      ends: "own",
      ownDays: "14",
      hosts: "a.example, *.b.example\n\nlocalhost:3000",
    };
    expect(problemsOf(draft)).toEqual({});
    expect(toBody(draft)).toMatchObject({
      budget_usd: 0.5,
      expires_in_days: 14,
      allowlist: ["a.example", "*.b.example", "localhost:3000"],
    });
    expect(daysOf({ ...draft, ends: "keep" })).toBeUndefined();
    expect(toBody({ ...draft, ends: "keep" })).not.toHaveProperty("expires_in_days");
  });
});
