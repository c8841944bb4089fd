import { expect, test } from "vitest";
import { waitMsOf } from "./upload-file";

test("a server that has too much to do is left alone for as long as it says, and for a while where it does not", () => {
  expect(waitMsOf("7")).toBe(7_000);
  expect(waitMsOf("0")).toBe(1_000);
  for (const unsaid of [null, "", "Sat, 21 Nov 2026 22:00:00 GMT"]) expect(waitMsOf(unsaid)).toBe(5_000);
});
