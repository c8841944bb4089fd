import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeNext } from "./safe-next";

const here = "https://faces.example";

describe("where one goes after signing in", () => {
  it("keeps a path of this site with all that belongs to it", () => {
    expect(safeNext("/faces/mara/chat")).toBe("/faces/mara/chat");
    expect(safeNext("/faces/mara?tab=graph#top")).toBe("/faces/mara?tab=graph#top");
  });

  it.each([
    null,
    "",
    "faces",
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/.//evil.example",
    "/faces/..//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "javascript:alert(1)",
    "/signin?next=/keys",
    "/api/auth/signout",
  ])("goes to the faces instead of %j", (next) => {
    expect(safeNext(next)).toBe("/faces");
  });

  it("never leads to another host, whatever is asked for", () => {
    const piece = fc.constantFrom(
      "/",
      "\\",
      ".",
      "..",
      "@",
      ":",
      "?",
      "#",
      "\t",
      "%2f",
      "%5c",
      "evil.example",
      "faces",
    );
    const paths = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 8 }).map((parts) => `/${parts.join("")}`),
    );
    fc.assert(
      fc.property(paths, (next) => {
        expect(new URL(safeNext(next), here).origin).toBe(here);
      }),
      { numRuns: 2000 },
    );
  });
});
