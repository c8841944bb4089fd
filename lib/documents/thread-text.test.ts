import fc from "fast-check";
import { expect, test } from "vitest";
import { formatThread, spokenTurns, tidyTurn, type ThreadTurn, toSpeakerName } from "./thread-text";

const names = fc.uniqueArray(
  fc.constantFrom(
    "Lady Bracknell",
    "Dr. O'Brien",
    "Mr. D’Arcy",
    "Jean-Luc",
    "R2-D2",
    "Ægir",
    "Anna Maria",
    "MOTHER",
    "@zoe",
    "李雷",
    "Mme. de Tourvel",
    "2nd Gentleman",
    "Ann_Lee",
    "J. R. R. Tolkien",
    "Señor Núñez",
  ),
  { minLength: 1, maxLength: 8 },
);
const line = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.constantFrom(
    "Note: buy milk",
    "https://example.com/a:b?c=d",
    "at 12:30: tea",
    "[12:30] Bob: hello",
    "Ann: no, I did not say it",
    "2024-05-01 10:00 - Bob: x",
    "(aside)",
    "",
    "**Bold:** words",
    "1. one",
    "well… who: knows?",
    "  indented",
    "\ttab",
  ),
);
const said = fc
  .array(line, { minLength: 1, maxLength: 5 })
  .map((lines) => tidyTurn(lines.join("\n")))
  .filter((text) => text !== "");
const minute = fc
  .date({ min: new Date("1999-01-01T00:00:00Z"), max: new Date("2031-12-31T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 16).replace("T", " "));
const second = fc.nat({ max: 86_399 }).map((at) => new Date(at * 1000).toISOString().slice(11, 19));

function play(time: fc.Arbitrary<string> | null): fc.Arbitrary<ThreadTurn[]> {
  return names.chain((cast) =>
    fc.array(fc.record({ speaker: fc.constantFrom(...cast), text: said, ...(time === null ? {} : { at: time }) }), {
      minLength: 2,
      maxLength: 60,
    }),
  );
}

test("reads what it wrote, for any play: with days, with the times of a recording, without times", () => {
  for (const time of [null, minute, second]) {
    fc.assert(
      fc.property(play(time), (turns) => {
        expect(spokenTurns(formatThread(turns))).toEqual(turns);
      }),
      { numRuns: 200, verbose: true },
    );
  }
});

test("reads every turn of a play as people type it, with lines that go on without a name", () => {
  const sentence = fc
    .string({ unit: fc.constantFrom(..."abcdefg ,.!?'’-éß0123456789"), minLength: 3, maxLength: 70 })
    .filter((text) => tidyTurn(text) === text && /^\p{L}/u.test(text));
  const turn = (cast: string[]) =>
    fc.record({
      speaker: fc.constantFrom(...cast),
      text: fc
        .tuple(
          fc.oneof(
            sentence,
            said.map((text) => text.split("\n")[0] ?? "x"),
          ),
          fc.array(sentence, { maxLength: 2 }),
        )
        .map(([first, more]) => [tidyTurn(first) || "x", ...more].join("\n")),
    });
  fc.assert(
    fc.property(
      names.chain((cast) => fc.array(turn(cast), { minLength: 1, maxLength: 40 })),
      (turns) => {
        // whoever speaks once in a play of long turns is not told from a line like "Note: …"
        const all = [...turns, ...turns];
        const typed = all.map(({ speaker, text }) => `${speaker}: ${text}`).join("\n");
        expect(spokenTurns(typed)).toEqual(all);
      },
    ),
    { numRuns: 300, verbose: true },
  );
});

test("tells the day where it changes and indents what goes on", () => {
  const text = formatThread([
    { speaker: "Ann", text: "Tea?", at: "2024-05-01 10:00" },
    { speaker: "Bob", text: "Yes.\r\n\r\nAnd: biscuits.", at: "2024-05-01 10:02" },
    { speaker: "Ann", text: " \n ", at: "2024-05-01 10:03" },
    { speaker: "Ann", text: "Good morning.", at: "2024-05-02 09:15" },
  ]);
  expect(text).toBe(
    "[2024-05-01 10:00] Ann: Tea?\n[10:02] Bob: Yes.\n\n  And: biscuits.\n[2024-05-02 09:15] Ann: Good morning.",
  );
});

test.each([
  ["[12:03] Ann: hi\n[12:04] Bob: hello", ["12:03 Ann hi", "12:04 Bob hello"]],
  ["Ann (12:03): hi\nBob (12:04): hello", ["12:03 Ann hi", "12:04 Bob hello"]],
  [
    "2024-05-01 10:00 - Ann: hi\n2024-05-01 10:01 - Bob: hello",
    ["2024-05-01 10:00 Ann hi", "2024-05-01 10:01 Bob hello"],
  ],
  [
    "[2024-05-01T10:00:12Z] Ann: hi\n[2024-05-01T10:01:13Z] Bob: hello",
    ["2024-05-01 10:00 Ann hi", "2024-05-01 10:01 Bob hello"],
  ],
  ["00:00:04 Ann: hi\n00:01:09 Bob: it was 12:30: late", ["00:00:04 Ann hi", "00:01:09 Bob it was 12:30: late"]],
  ["[3:05 PM] **Ann**: hi\n[12:10 a.m.] **Bob**: hello", ["15:05 Ann hi", "00:10 Bob hello"]],
])("reads times as people write them: %j", (text, expected) => {
  expect(spokenTurns(text).map(({ at, speaker, text: words }) => `${at} ${speaker} ${words}`)).toEqual(expected);
});

test("makes any name one that can stand before a colon, and leaves it then", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 80 }), (name) => {
      const made = toSpeakerName(name);
      expect(toSpeakerName(made)).toBe(made);
      const turns = [
        { speaker: made, text: "hi" },
        { speaker: made, text: "well" },
      ];
      expect(spokenTurns(formatThread(turns))).toEqual(turns);
    }),
    { numRuns: 500, verbose: true },
  );
});

test("reads a long text of one line, or of a million labels, in linear time", () => {
  expect(spokenTurns("a".repeat(5_000_000))).toEqual([]);
  expect(spokenTurns("Ann: hi\n".repeat(100_000))).toHaveLength(100_000);
});
