import { expect, test } from "vitest";
import { estimateTokens } from "./estimate-tokens";

const source = (data: string) => [{ type: "document", source: { type: "text", media_type: "text/plain", data } }];

test("holds for every word of a text that stands where bytes may stand, and little for bytes", () => {
  expect(estimateTokens(source("I love tea. ".repeat(10_000)))).toBeGreaterThan(30_000);
  expect(estimateTokens(source(Buffer.alloc(100_000, 7).toString("base64")))).toBeLessThan(2_000);
});
