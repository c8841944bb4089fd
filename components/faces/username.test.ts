import { describe, expect, it } from "vitest";
import { freeUsername, toUsername, usernameProblem } from "./username";

describe("username", () => {
  it("accepts what the contract accepts", () => {
    const names = ["alice", "alice-2", "0", "a".repeat(32)];
    expect(names.map((name) => usernameProblem(name))).toEqual([null, null, null, null]);
  });

  it("offers a username that would do", () => {
    expect(usernameProblem("Alice B.")).toBe("Small letters, digits and dashes only. Try alice-b.");
    expect(usernameProblem(toUsername("  Jürgen Klopp!"))).toBeNull();
    expect(toUsername("Jürgen Klopp!")).toBe("jurgen-klopp");
  });

  it("has no suggestion for a name without Latin letters", () => {
    expect(usernameProblem("田中")).toBe("Small letters, digits and dashes only.");
  });

  it("says what is taken and what is free, and what Faces needs itself", () => {
    const taken = new Set(["alice", "alice-2"]);
    expect(usernameProblem("alice", taken)).toBe("You already have a face called alice. alice-3 is free.");
    expect(usernameProblem("import")).toMatch(/needs itself/);
    expect(freeUsername("a".repeat(32), new Set(["a".repeat(32)]))).toBe(`${"a".repeat(27)}-2`);
  });
});
