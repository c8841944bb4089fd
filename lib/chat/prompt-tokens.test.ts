import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { countTokens as countExactly } from "@/lib/models/count-tokens";
import { type Persona, promptText, type PromptSection, tellPersona } from "./prompt";
import { tokenParts } from "./prompt-tokens";
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

const client = "Do you fire the kiln at night?";
const ownCount = ({ sections }: { sections: PromptSection[] }) => countExactly(`${promptText(sections)}\n\n`);
const sum = (parts: object) => Object.values(parts).reduce((all: number, count: number) => all + count, 0);

describe("the tokens of an input by part", () => {
  it("name every part that is there, and none that is not", async () => {
    const parts = await tokenParts([...tellPersona(persona).sections, profile], client, 300);
    expect(Object.keys(parts).sort()).toEqual([
      ...["core", "facts", "found", "instructions", "messages", "profiles", "voice"],
    ]);
    expect(await tokenParts([], client, 7)).toEqual({ messages: 7 });
  });

  it("are exact where the provider counts as we do", async () => {
    const told = tellPersona(persona);
    const parts = await tokenParts(told.sections, client, ownCount(told) + countExactly(client));
    expect(parts.facts).toBe(countExactly("## Facts about you\nAlice is a potter.\n\n"));
    expect(parts.messages).toBe(countExactly(client));
  });

  it("are shares of what was charged where it counts otherwise", async () => {
    const told = tellPersona(persona);
    const parts = await tokenParts(told.sections, client, 2 * (ownCount(told) + countExactly(client)));
    expect(parts.facts).toBe(2 * countExactly("## Facts about you\nAlice is a potter.\n\n"));
    expect(parts.messages).toBe(2 * countExactly(client));
  });

  it("leave to the client what an image took, of which we know nothing", async () => {
    const told = tellPersona(persona);
    expect((await tokenParts(told.sections, null, ownCount(told) + 1_500)).messages).toBe(1_500);
    expect((await tokenParts(told.sections, null, 10)).messages).toBe(0);
  });

  it("add up to what was charged, whatever the owner, the texts and the client say", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, text, text, fc.option(text), fc.nat(5_000), async (basicFacts, line, said, own, input) => {
        const face = { ...persona, basicFacts, voice: [line], items: [span("s", said)] };
        const parts = await tokenParts([...tellPersona(face).sections, profile], own, input);
        expect(sum(parts)).toBe(input);
        expect(Math.min(...Object.values(parts))).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("of our own counts add up to that of the whole", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, text, text, async (basicFacts, line, said) => {
        const told = tellPersona({ ...persona, basicFacts, voice: [line], items: [span("s", said)] });
        expect((await tokenParts(told.sections, null, ownCount(told) + 9)).messages).toBe(9);
      }),
    );
  });

  it("are counted once for what every conversation with the face has", async () => {
    const sections = [...tellPersona({ ...persona, basicFacts: "Alice has a kiln." }).sections, profile];
    await tokenParts(sections, client, 300);
    asked.splice(0);
    await tokenParts(sections, client, 300);
    expect(asked).toEqual([[client, expect.stringContaining("I fire at night.")]]);
  });

  it("of a long conversation are taken from its beginning", async () => {
    const told = tellPersona(persona);
    const long = " word".repeat(100_000);
    const parts = await tokenParts(told.sections, long, ownCount(told) + 100_000);
    expect(Math.abs(parts.messages - 100_000)).toBeLessThan(20);
    expect(Math.max(...asked.flat().map((one) => one.length))).toBeLessThanOrEqual(40_000);
  });
});
