import { describe, expect, test } from "vitest";
import { loadEncoder } from "@/lib/models/encoder";
import { packVector } from "@/lib/models/vector";
import pairs from "./compose-pairs.json";
import { type ComposedPrimitive, readMeanings } from "./compose-meanings";

const encoder = await loadEncoder();
const sentences = pairs.flatMap(({ a, b }) => [a, b]);
const vectors = new Map(
  (await encoder.encode(sentences)).map((vector, at) => [sentences[at] ?? "", packVector(vector)]),
);

function primitive(faceId: string, statement: string, predicate: string): ComposedPrimitive {
  const condition = /\bwhen I .+(?=\.$)/iu.exec(statement)?.[0] ?? null;
  return {
    ...{ faceId, id: `${faceId} ${statement}`, key: statement, component: "beta", predicate, statement },
    polarity: /\b(?:never|not|don't|hate|dislike)\b/u.test(statement) ? "neg" : "pos",
    ...{ object: "", condition, confidence: 0.9, state: "active", isPinned: false },
    vector: vectors.get(statement) ?? new Uint8Array(),
  };
}

const saysTheSame = ({ a, b, predicates: [one = "", other = ""] }: (typeof pairs)[number]) => {
  const { meaning } = readMeanings([primitive("a", a, one), primitive("b", b, other)]);
  return meaning[0] === meaning[1];
};

describe("two people's sentences", () => {
  test("are the same for most paraphrases, and for hardly any trap", () => {
    const found = pairs.filter(({ same }) => same).filter(saysTheSame);
    const fallen = pairs.filter(({ same }) => !same).filter(saysTheSame);
    expect(found.length / pairs.filter(({ same }) => same).length).toBeGreaterThanOrEqual(0.7);
    expect(fallen.length / pairs.filter(({ same }) => !same).length).toBeLessThanOrEqual(0.05);
  });
});
