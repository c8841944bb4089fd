import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { countTokens as countExactly } from "@/lib/models/count-tokens";
import { type Persona, promptText, type PromptSection, tellPersona } from "./prompt";
import { countPrompt, sumOf } from "./prompt-tokens";
import { primitive, span } from "./testing";

const { asked } = vi.hoisted(() => ({ asked: [] as string[][] }));
vi.mock("./meter-count", () => ({
  countTokens: (texts: string[]) => {
    asked.push(texts);
    return Promise.resolve(texts.map(countExactly));
  },
}));

beforeEach(() => void asked.splice(0));
afterAll(() => vi.restoreAllMocks());

const persona: Persona = {
  username: "alice",
  name: "Alice Reyes",
  pronouns: "she/her",
  basicFacts: "Alice is a potter.",
  voice: ["You seldom ask questions."],
  core: [primitive("a", "I am stubborn.", "q", "alpha"), primitive("b", "I value patience.", "q")],
  items: [span("s", "I fire at night.")],
  abstain: false,
};
const profile: PromptSection = { part: "profiles", text: '## About "Bob"\n- "I love flying."' };

describe("the tokens of a prompt by part", () => {
  it("name every part that is there, and none that is not", async () => {
    const parts = await countPrompt([...tellPersona(persona).sections, profile]);
    expect(Object.keys(parts).sort()).toEqual(["core", "facts", "found", "instructions", "profiles", "voice"]);
    expect(parts.facts).toBe(countExactly("## Facts about you\nAlice is a potter.\n\n"));
    expect(await countPrompt([])).toEqual({});
  });

  it("add up to the whole, whatever the owner and the texts say", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, text, text, fc.boolean(), async (basicFacts, line, said, abstain) => {
        const own = { ...persona, basicFacts, voice: [line], items: [span("s", said)], abstain };
        const sections = [...tellPersona(own).sections, profile];
        expect(sumOf(await countPrompt(sections))).toBe(countExactly(promptText(sections)));
      }),
    );
  });

  it("are counted once for what every conversation with the face has", async () => {
    const other = { ...persona, basicFacts: "Alice has a kiln." };
    const first = await countPrompt([...tellPersona(other).sections, profile]);
    asked.splice(0);
    expect(await countPrompt([...tellPersona(other).sections, profile])).toEqual(first);
    expect(asked.flat()).toEqual([expect.stringContaining("I fire at night.")]);
  });
});
