import { describe, expect, test } from "vitest";
import { cleanFileName } from "./file-name";

describe("cleanFileName", () => {
  test("keeps the last part of a path, without signs that nobody sees", () => {
    expect(cleanFileName("C:\\photos\\me\u202egpj.exe", 200)).toBe("megpj.exe");
    expect(cleanFileName("../../etc/passwd", 200)).toBe("passwd");
  });

  test("is never empty", () => {
    for (const name of [undefined, "", "  ", "a/", "\u0007"]) expect(cleanFileName(name, 200)).toBe("untitled");
  });

  test("is stored also where its end falls into the middle of a letter", () => {
    const name = cleanFileName(`${"a".repeat(199)}🦊.txt`, 200);
    expect(name).toHaveLength(200);
    expect(name.isWellFormed()).toBe(true);
  });
});
