import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { turns } from "./turns";
import { Voice } from "./schemas";
import { measureVoice } from "./voice";
import type { VoiceTurn } from "./voice-turn";

const sample = readFileSync(join(process.cwd(), "lib/faces/sample/thread.txt"), "utf8");

function turnsOf(text: string, face: string): VoiceTurn[] {
  return turns(text).turns.map(({ start, end, speaker, text: said }) => ({
    ...{ documentId: "doc_1", version: 3, start, end, speaker, isFace: speaker === face, text: said },
  }));
}

async function voiceOf(text: string, face: string): Promise<Voice> {
  const voice = await measureVoice(turnsOf(text, face));
  if (voice === null) throw new Error("No voice was measured.");
  return voice;
}

/** A talk in which A says these lines and B answers. */
const talk = (lines: string[], answer = "Is that so? Tell me more."): string =>
  lines.map((line) => `A: ${line}\nB: ${answer}`).join("\n");

describe("a measured voice", () => {
  test("tells a curt writer from her lively friend, each figure with what it rests on", async () => {
    const [mara, ida] = [await voiceOf(sample, "Mara"), await voiceOf(sample, "Ida")];
    expect(mara).toMatchObject({
      turns: 38,
      other_turns: 38,
      threads: 1,
      shares: { lower_case_starts: { count: 0, n: 38 } },
    });
    expect(mara.shares.questions.z).toBeLessThan(-3);
    expect(ida.shares.questions).toMatchObject({ count: 31, n: 38, others: mara.shares.questions.value });
    expect(ida.punctuation_per_1000.exclamation.z).toBeGreaterThan(3);
    expect(mara.sentence_words.median).toBeLessThan(ida.sentence_words.median);
    expect(mara.hedges_per_1000.list.map(({ text }) => text)).toContain("i suppose");
    expect(ida.intensifiers_per_1000.list[0]).toMatchObject({ text: "so", count: 7 });
    expect(mara.formality?.value).toBeGreaterThan(ida.formality?.value ?? 100);
    expect(ida.emoji.map(({ text }) => text)).toEqual([":(", ":)"]);
  });

  test("is the same bytes each time, and survives its own schema", async () => {
    const voice = await voiceOf(sample, "Mara");
    expect(JSON.stringify(await voiceOf(sample, "Mara"))).toBe(JSON.stringify(voice));
    expect(Voice.parse(JSON.parse(JSON.stringify(voice)))).toEqual(voice);
  });

  test("is nothing when the face says nothing", async () => {
    expect(await measureVoice(turnsOf(sample, "Ruben"))).toBeNull();
    expect(await measureVoice([])).toBeNull();
  });

  test("shows lines that stand verbatim in their source, by situation, none twice", async () => {
    const { exemplars } = await voiceOf(sample, "Mara");
    expect(exemplars.length).toBeGreaterThan(6);
    for (const { text, start, end, document_id, version } of exemplars) {
      expect(sample.slice(start, end)).toBe(text);
      expect({ document_id, version }).toEqual({ document_id: "doc_1", version: 3 });
    }
    expect(new Set(exemplars.map(({ text }) => text)).size).toBe(exemplars.length);
    const of = (situation: string) => exemplars.filter((each) => each.situation === situation).map(({ text }) => text);
    expect(of("asking")).toEqual(["Did you say it was on purpose?"]);
    expect(of("refusing")[0]).toMatch(/^I don't want more people/u);
    // Ida laughs at both
    expect(of("joking").join(" ")).toContain("That's how nice I would be.");
  });

  test("finds beginnings, phrases and words that are the face's own, and leaves out what all say and names", async () => {
    const lines = Array.from(
      { length: 30 },
      (_each, n) =>
        [
          "Well, to be fair, Berlin is a shabby place.",
          "Honestly, I keep the ledger in a shabby drawer.",
          "Well, to be fair, the train was on time.",
        ][n % 3] ?? "",
    );
    const { openers, phrases, favourite_words } = await voiceOf(talk(lines), "A");
    expect(openers[0]).toMatchObject({ text: "well to be fair", count: 20, others: 0 });
    expect(phrases.map(({ text }) => text).join("|")).toMatch(/to be fair/u);
    const words = favourite_words.map(({ text }) => text);
    expect(words).toContain("shabby");
    expect(words).not.toContain("berlin");
    expect(words).not.toContain("the");
  });

  test("does not take the subject of one scene for a habit", async () => {
    const lines = Array.from({ length: 40 }, (_each, n) =>
      n < 5 ? "The marmalade is on the table." : `It is ${n} now.`,
    );
    const { favourite_words } = await voiceOf(talk(lines), "A");
    expect(favourite_words.map(({ text }) => text)).not.toContain("marmalade");
  });

  test("counts contractions against the places where they could stand", async () => {
    const { contractions } = await voiceOf(talk(["It's late and I don't mind.", "It is late and I do not mind."]), "A");
    expect(contractions).toMatchObject({ value: 0.5, count: 2, n: 4 });
  });

  test("counts brackets but no smile, dashes of every kind, and three dots however they are set", async () => {
    const { punctuation_per_1000: marks } = await voiceOf(
      talk(["fine :) (really) ;)", "so -- yes — no . . . well... ok…"]),
      "A",
    );
    expect(marks.parenthesis.count).toBe(1);
    expect(marks.dash.count).toBe(2);
    expect(marks.ellipsis.count).toBe(3);
    expect(marks.colon.count).toBe(0);
    expect(marks.semicolon.count).toBe(0);
  });

  test("compares with nobody when nobody else speaks", async () => {
    const { shares, turn_words } = await voiceOf("A: One line.\nA: Another line?", "A");
    expect(shares.questions).toEqual({ value: 0.5, count: 1, n: 2, others: null, z: null });
    expect(turn_words.others).toBeNull();
  });

  test("takes a hundred thousand words in seconds", async () => {
    const voice = await voiceOf(
      talk(Array.from({ length: 8000 }, (_each, n) => `Well, I saw number ${n} today, I think.`)),
      "A",
    );
    expect(voice.turns).toBe(8000);
  });
});
