import { describe, expect, it } from "vitest";
import { toUsername, usernameProblem } from "./username";

describe("username", () => {
  it("accepts what the contract accepts", () => {
    expect(["alice", "alice-2", "0", "a".repeat(32)].map(usernameProblem)).toEqual([null, null, null, null]);
  });

  it("offers a username that would do", () => {
    expect(usernameProblem("Alice B.")).toBe("Small letters, digits and dashes only. Try alice-b.");
    expect(usernameProblem(toUsername("  Jürgen Klopp!"))).toBeNull();
    expect(toUsername("Jürgen Klopp!")).toBe("jurgen-klopp");
  });

  it("has no suggestion for a name without Latin letters", () => {
    expect(usernameProblem("田中")).toBe("Small letters, digits and dashes only.");
  });
});
