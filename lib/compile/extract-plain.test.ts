import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { chunk } from "./chunk";
import { emitThreshold } from "./engine";
import { extractBuiltin } from "./extract-builtin";
import { draftThreshold } from "./graph";
import type { SourceInfo } from "./grammar";

const source: SourceInfo = {
  type: "document",
  perspective: "first-person",
  faceSpeaker: null,
  face: { username: "ann", name: "Ann", aliases: [], pronouns: null },
};

const plain = [
  "I hate mood boards.",
  "I am afraid of deep water.",
  "I live in Berlin.",
  "I believe that hurry is a form of disrespect.",
  "I believe hurry is disrespectful.",
  "Vanity is a form of loneliness.",
  "I was born in Naples.",
  "I am a carpenter.",
  "I love old maps.",
  "I never drink alcohol.",
  "My brother is my best friend.",
  "I am a stubborn woman.",
  "I can read Arabic.",
  "I'm terrible at remembering names.",
  "I want to write a book one day.",
  "I am scared of flying.",
  "I admire people who keep their word.",
  "I always tell the truth.",
  "I don't trust politicians.",
  "Loyalty matters more to me than success.",
  "When I am angry, I go for a walk.",
  "Crowds make me nervous.",
  "I speak very slowly.",
  "I go to bed at ten every night.",
  "I learn best by doing.",
  "I think that kindness is a kind of strength.",
];

const lookAlikes = [
  "I hate this soup.",
  "I am afraid the shop is closed.",
  "I live-streamed the match.",
  "I think it was a Tuesday.",
  "I believe she parked round the corner.",
  "I want a window seat this time.",
  "My brother hates his job.",
  "I was nervous this morning.",
  "I bought two old maps yesterday.",
  "I never received the package.",
  "She is afraid of the sea.",
  "The meeting starts at three.",
  "I decided to take the bus.",
  "We drove to Naples on Friday.",
  "I love the picture you sent me.",
];

test("no sentence below was learnt by heart", () => {
  const data = new URL("training/data/", import.meta.url);
  const learnt = new Set(
    readdirSync(data).flatMap((file) =>
      readFileSync(new URL(file, data), "utf8")
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as { text: string }).text.toLowerCase()),
    ),
  );
  expect([...plain, ...lookAlikes].filter((sentence) => learnt.has(sentence.toLowerCase()))).toEqual([]);
});

test("takes plain short statements as said, one in twenty-six at most as a draft, and leaves alone what only looks like them", async () => {
  const confidences = await Promise.all([...plain, ...lookAlikes].map(confidenceOf));
  const rows = confidences.map(
    (confidence, index) => `${confidence.toFixed(2)} ${[...plain, ...lookAlikes][index] ?? ""}`,
  );
  expect(rows.slice(0, plain.length).filter((_, index) => (confidences[index] ?? 0) < emitThreshold)).toEqual([]);
  const drafts = rows.slice(0, plain.length).filter((_, index) => (confidences[index] ?? 0) < draftThreshold);
  expect(drafts.length, drafts.join("; ")).toBeLessThanOrEqual(1);
  expect(
    rows.slice(plain.length).filter((_, index) => (confidences[plain.length + index] ?? 0) >= draftThreshold),
  ).toEqual([]);
});

async function confidenceOf(text: string): Promise<number> {
  const [piece] = chunk(text);
  if (!piece) throw new Error("no chunk");
  const { statements } = await extractBuiltin({ text, chunk: piece, source });
  return statements[0]?.statement.confidence ?? 0;
}
