import { describe, expect, it } from "vitest";
import { toQuery, type Turn } from "./query";
import { stem } from "./stem";

const face = { username: "nora", name: "Nora Lind", aliases: [] };

function after(asked: string, answered: string, then: string) {
  const turns: Turn[] = [
    { role: "user", text: asked },
    { role: "assistant", text: answered },
    { role: "user", text: then },
  ];
  return toQuery(turns, face);
}

describe("what a question takes from the turns before it", () => {
  it.each(["Why?", "And then?", "How long did it take?", "Was she angry?", "What happened there?"])(
    "reads %s back to them",
    (then) => {
      const { terms } = after("Did you ever work at the bank?", "Yes, under Ingrid.", then);
      expect(terms.get(stem("bank"))).toBeGreaterThan(0.2);
      expect(terms.get(stem("ingrid"))).toBeGreaterThan(0.2);
    },
  );

  it.each([
    "Do you keep any animals at your house?",
    "Which harbour do you swim in every morning?",
    "When did your daughter start school?",
  ])("leaves them out of a new topic: %s", (then) => {
    const { terms, lines } = after("Did you ever work at the bank?", "Yes, under Ingrid.", then);
    expect([...terms.keys()]).not.toContain(stem("bank"));
    expect(lines).toHaveLength(1);
  });

  it("weighs the last question above the answer before it", () => {
    const { terms } = after("Did you work at the bank?", "Yes, under Ingrid.", "Was she strict?");
    expect(terms.get(stem("strict"))).toBe(1);
    expect(terms.get(stem("ingrid"))).toBeLessThan(0.5);
  });

  it("finds derived and compared words with what they are made of", () => {
    const { terms } = toQuery([{ role: "user", text: "Which argument was the hardest?" }], face);
    expect([...terms.keys()]).toEqual([stem("argue"), stem("hard")]);
  });
});
