import { expect, test } from "vitest";
import { loadEncoder } from "./encoder";
import { dot } from "./vector";

const sentences = [
  "I love crowds.",
  "I hate crowds.",
  "Being among many people makes me happy.",
  "The train leaves at nine.",
  "Yes.",
];

test("gives one unit vector of 512 floats per text, in order", async () => {
  const { encode } = await loadEncoder();
  const vectors = await encode(sentences);
  expect(vectors.map((vector) => vector.length)).toEqual(sentences.map(() => 512));
  for (const vector of vectors) expect(dot(vector, vector)).toBeCloseTo(1, 3);
  const [first, , like, unlike] = vectors;
  if (!first || !like || !unlike) throw new Error("a vector is missing");
  expect(dot(first, like)).toBeGreaterThan(dot(first, unlike));
});

test("gives a text the same vector whatever shares its batch, but for rounding", async () => {
  const { encode } = await loadEncoder();
  const together = await encode(sentences);
  for (const [index, sentence] of sentences.entries()) {
    const [alone] = await encode([sentence]);
    if (!alone) throw new Error("a vector is missing");
    const worst = Math.max(...alone.map((component, at) => Math.abs(component - (together[index]?.[at] ?? 0))));
    expect(worst).toBeLessThanOrEqual(1.01e-4);
  }
});

test("takes empty text, lone surrogates, control characters and a megabyte without a break", async () => {
  const { encode } = await loadEncoder();
  const vectors = await encode(["", "\uD83D", "\u0000\u0007", "a".repeat(1_000_000), "日本語のテキスト"]);
  for (const vector of vectors) expect(dot(vector, vector)).toBeCloseTo(1, 3);
  expect(await encode([])).toEqual([]);
});

test("stops between batches when asked to", async () => {
  const { encode } = await loadEncoder();
  await expect(encode(sentences, AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
});

test("tells what it made of every piece beside the same vector", async () => {
  const { encode, encodeDeep } = await loadEncoder();
  const [vectors, deep] = [await encode(sentences), await encodeDeep(sentences)];
  for (const [index, { vector, pooled, states }] of deep.entries()) {
    expect(vector).toEqual(vectors[index]);
    expect(pooled).toHaveLength(512);
    expect(states.length % 512).toBe(0);
    expect(states.length / 512).toBeGreaterThan(1);
  }
});
