import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { RetrievedItem } from "@/lib/retrieve/schemas";
import { at, quotes, say } from "./builtin-testing";
import { cleaned, marked, sentences } from "./builtin-text";
import { primitive, span } from "./testing";

const folder = join(process.cwd(), "lib/faces/sample");
const text = ["journal.md", "interview.md"].map((file) => readFileSync(join(folder, file), "utf8")).join("\n\n");
const source = sentences(text.replace(/\s+/g, " "));
const corpus = marked(cleaned(source.join(" ")));

const questions = [
  "What do you think about Berlin?",
  "Do you have children?",
  "Why?",
  "What else?",
  "And before that?",
  "When do you start work?",
  "Tell me about your mother.",
  "How many people do you cook for?",
  "Who is Ruben?",
  "What are you bad at?",
  "Do you trust your first impression of people?",
  "Tell me everything.",
  "Write a poem about trains.",
  "Since when?",
];

/** One to three sentences of the source, as a piece of it or as a statement that rests on it. */
const item = fc
  .record({
    from: fc.nat(source.length - 3),
    length: fc.integer({ min: 1, max: 3 }),
    score: fc.integer({ min: 3, max: 12 }),
    isSpan: fc.boolean(),
  })
  .map(({ from, length, score, isSpan }): RetrievedItem => {
    const said = source.slice(from, from + length).join(" ");
    const made = isSpan ? span(`s${from}`, said, score) : primitive(`p${from}`, said, said);
    return at({ ...made, score }, source.slice(0, from).join(" ").length + (from === 0 ? 0 : 1));
  });
const asked = fc.constantFrom(...questions);

it(
  "quotes nothing but its sources, to the letter, and no sentence twice in a conversation",
  { timeout: 60_000 },
  () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(asked, fc.array(item, { maxLength: 8 })), { minLength: 1, maxLength: 4 }),
        (rounds) => {
          const turns: string[] = [];
          const told = new Map<string, number>();
          for (const [question, items] of rounds) {
            turns.push(question);
            const answer = say(turns, { items, core: [] });
            turns.push(answer);
            const isReminder = answer.startsWith("It is in what I said:");
            for (const quote of quotes(answer)) {
              const facts = ["Alice Reyes is a potter.", "She lives in Lisbon, in Graça."];
              if (!facts.some((fact) => quote.includes(fact))) expect(corpus).toContain(quote);
              for (const sentence of isReminder ? [] : sentences(quote).filter((each) => each.length > 60))
                told.set(sentence, (told.get(sentence) ?? 0) + 1);
            }
            expect(answer.length).toBeLessThan(1_600);
          }
          for (const [sentence, times] of told) expect(times, sentence).toBe(1);
        },
      ),
      { numRuns: 300 },
    );
  },
);
