import fc from "fast-check";
import { expect, test } from "vitest";
import { isFaceSpeaker, turns } from "./turns";

const thread =
  "Lady Bracknell: A handbag?\nJack: Yes.\n\n  It goes on\nand on.\nLADY BRACKNELL: I see.\njack: Good day.";

test("reads turns of several lines, and one speaker in two spellings", () => {
  const read = turns(thread, "JACK");
  expect(read.speakers).toEqual(["Lady Bracknell", "Jack"]);
  expect(read.turns.map((turn) => turn.text)).toContain("Yes.\n\n  It goes on\nand on.");
  expect(read.turns.filter((turn) => turn.speaker === "Lady Bracknell").map((turn) => turn.text)).toEqual([
    "A handbag?",
    "I see.",
  ]);
  expect(isFaceSpeaker("jack", "JACK")).toBe(true);
  expect(isFaceSpeaker("jack", null)).toBe(false);
});

test("does not take a colon inside a long turn for a speaker", () => {
  const long = `Ann: So.\n${"I went on talking about it for a while.\n".repeat(6)}One thing: it was late.\nBob: True.\nAnn: Yes.\nBob: Well.`;
  expect(turns(long).speakers).toEqual(["Ann", "Bob"]);
  expect(turns(long).turns[0]?.text).toContain("One thing: it was late.");
});

test("reads times, bold names and names alone on a line", () => {
  expect(turns("[12/03/2024, 10:11] Ann: hi\n[12/03/2024, 10:12] Bob: hello").speakers).toEqual(["Ann", "Bob"]);
  expect(turns("**Ann:** hi\n**Bob**: hello").turns.map((turn) => turn.text)).toEqual(["hi", "hello"]);
  expect(turns("Ann:\nhi there\nBob:\nhello\nAnn:\nbye\nBob:\nbye").turns.map((turn) => turn.text)).toEqual([
    "hi there",
    "hello",
    "bye",
    "bye",
  ]);
});

test("finds no turn in prose", () => {
  expect(turns("I was born in 1809.\nI think this: nothing matters.\nAnd so on, and so forth.").turns).toEqual([]);
});

test("gives offsets that slice to the turn for any thread", () => {
  const line = fc.tuple(
    fc.constantFrom("Ann: ", "Bob: ", "", "https://x.y ", "\t"),
    fc.string({ unit: "binary", maxLength: 60 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (parts) => {
      const text = parts.map(([who, said]) => who + said).join("\n");
      let before = 0;
      for (const turn of turns(text, "Ann").turns) {
        expect(text.slice(turn.start, turn.end)).toBe(turn.text);
        expect(turn.labelStart).toBeGreaterThanOrEqual(before);
        before = turn.end;
      }
    }),
    { verbose: true },
  );
});
