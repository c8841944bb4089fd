import { describe, expect, it } from "vitest";
import { emptyAnswer, parseTurns, toMessages, type Turn } from "./turns";

const turns: Turn[] = [
  { role: "user", content: "Paper or screen?" },
  { ...emptyAnswer, content: "Paper", status: "writing", model: "builtin" },
];

describe("turns", () => {
  it("shows an answer cut off by a reload as stopped", () => {
    expect(parseTurns(JSON.stringify(turns))[1]).toMatchObject({ content: "Paper", status: "stopped" });
  });

  it("starts afresh from what it cannot read", () => {
    expect([parseTurns(null), parseTurns("{"), parseTurns('[{"role":"system"}]')]).toEqual([[], [], []]);
  });

  it("sends words only, and no empty answer", () => {
    expect(toMessages([...turns, { ...emptyAnswer, status: "failed" }])).toEqual([
      { role: "user", content: "Paper or screen?" },
      { role: "assistant", content: "Paper" },
    ]);
  });
});
