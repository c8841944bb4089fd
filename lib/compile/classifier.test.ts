import { beforeAll, describe, expect, it } from "vitest";
import { type Encoder, loadEncoder } from "@/lib/models/encoder";
import { type Classifier, classifier, type View } from "./classifier";
import weights from "./weights.json";

let model: Classifier;
let encoder: Encoder;

beforeAll(async () => {
  model = classifier(weights);
  encoder = await loadEncoder();
});

async function view(sentence: string): Promise<View> {
  const [encoded] = await encoder.encodeDeep([sentence]);
  if (!encoded) throw new Error("not encoded");
  return { sentence, encoded };
}

describe("what is a lasting statement", () => {
  it.each([
    "I have kept bees since I was a boy.",
    "I can't stand being late for anything.",
    "My mother taught me never to borrow money.",
    "I would rather lose an argument than a friend.",
    "Whenever somebody raises their voice I leave the room.",
  ])("takes %s", async (sentence) => {
    expect(model.detect([await view(sentence)])).toBeGreaterThan(0.6);
  });

  it.each([
    "The bus left at ten past six.",
    "I put the letter in my pocket and went downstairs.",
    "In the evening we arrived at a small inn near the river.",
    "Could you send me the file before lunch?",
    "He said the roof had leaked all winter.",
  ])("leaves %s", async (sentence) => {
    expect(model.detect([await view(sentence)])).toBeLessThan(0.4);
  });
});

describe("kinds", () => {
  it.each([
    ["I am terrified of deep water.", "fears"],
    ["I was born in a mining village and went to school there.", "comes_from"],
    ["I have worked as a carpenter for twenty years.", "works_as"],
    ["I love the smell of old books.", "likes"],
    ["One day I want to sail round the world.", "wants"],
  ])("%s is %s", async (sentence, predicate) => {
    const ranked = model.rankKinds([await view(sentence)]);
    expect(ranked.slice(0, 3).map((kind) => kind.predicate)).toContain(predicate);
    expect(ranked.reduce((sum, { p }) => sum + p, 0)).toBeCloseTo(1);
  });
});

describe("whom a sentence is about", () => {
  const face = { names: ["Hanne Torvald", "Hanne", "Torvald"], pronoun: "she" as const };

  it("tells the face from the others of a paragraph", () => {
    const about = model.aboutFace(
      [
        "Hanne Torvald has run the ferry for thirty years.",
        "She never raises her voice.",
        "Her brother, Olav, is a quarrelsome man who sleeps until noon.",
        "He owes money to half the village.",
      ],
      face,
    );
    expect(Math.min(about[0] ?? 0, about[1] ?? 0)).toBeGreaterThan(0.6);
    expect(Math.max(about[2] ?? 1, about[3] ?? 1)).toBeLessThan(0.4);
  });

  it("lowers the confidence of a trait that may be somebody else's", async () => {
    const views = [await view("I never raise my voice.")];
    expect(model.detect(views, 0.1)).toBeLessThan(model.detect(views, 0.9));
  });
});
