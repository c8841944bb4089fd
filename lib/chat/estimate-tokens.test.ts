import { expect, test } from "vitest";
import { estimateTokens, inputText } from "./estimate-tokens";

const source = (data: string, type = "text") => [{ type: "document", source: { type, media_type: "x/y", data } }];
const bytes = Buffer.alloc(100_000, 7).toString("base64");

test("holds for every word of a text that stands where bytes may stand, and little for bytes", () => {
  expect(estimateTokens(source("I love tea. ".repeat(10_000)))).toBeGreaterThan(30_000);
  expect(estimateTokens(source(bytes, "base64"))).toBeLessThan(2_000);
});

test("holds for a text that only looks like bytes, and counts it", () => {
  for (const text of [bytes, `data:image/png;base64,${bytes}`]) {
    for (const content of [text, [{ type: "text", text }], source(text)]) {
      expect(estimateTokens(content)).toBeGreaterThan(30_000);
      expect(inputText({ messages: [{ role: "user", content }] })).toContain(bytes);
    }
  }
});

test("takes for an image what the model takes for one, and its bytes for no text", () => {
  const url = `data:image/png;base64,${bytes}`;
  for (const part of [
    { type: "image_url", image_url: { url } },
    { type: "input_image", image_url: url },
    { type: "image_url", image_url: { url: "https://a.test/b.png" } },
    source(bytes, "base64")[0],
  ]) {
    expect(estimateTokens([part], 5_000)).toBeGreaterThanOrEqual(5_000);
    expect(estimateTokens([part], 5_000)).toBeLessThan(5_100);
    expect(inputText({ messages: [{ content: [part] }] })).not.toContain(bytes);
  }
});
