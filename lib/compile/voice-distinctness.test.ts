import { describe, expect, test } from "vitest";
import { voiceDistinctness } from "./voice-distinctness";

const things = ["train", "lamp", "garden", "book", "letter", "river", "chair", "window", "coat", "bridge", "clock"];
const each = (say: (thing: string, n: number) => string) =>
  Array.from({ length: 44 }, (_each, n) => say(things[(n * 7) % things.length] ?? "", n));
const terse = each((thing, n) => (n % 3 === 0 ? `No. The ${thing} is fine.` : `I know the ${thing}. It is late.`));
const loud = each((thing, n) =>
  n % 3 === 0 ? `oh wow, the ${thing}?? really??` : `so good!! isn't that ${thing} great!`,
);

describe("how distinct a voice is", () => {
  test("is near one for two manners on the same subjects, with the turns it rests on", () => {
    const measured = voiceDistinctness(terse, loud);
    expect(measured).toMatchObject({ n: 44, others: 44 });
    expect(measured?.low).toBeGreaterThan(0.9);
  });

  test("is a guess between two halves of one voice, however different their subjects", () => {
    const about = (thing: string) => terse.map((turn, n) => turn.replace(things[(n * 7) % things.length] ?? "", thing));
    const measured = voiceDistinctness(about("cheese"), about("steamer"));
    expect(measured?.low).toBeLessThan(0.5);
    expect(measured?.high).toBeGreaterThan(0.5);
  });

  test("is not told from fewer than twenty turns on a side", () => {
    expect(voiceDistinctness(terse.slice(0, 19), loud)).toBeNull();
    expect(voiceDistinctness(terse, [])).toBeNull();
  });

  test("is the same each time it is measured", () => {
    expect(voiceDistinctness(loud, terse)).toEqual(voiceDistinctness(loud, terse));
  });
});
