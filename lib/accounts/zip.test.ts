import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { zip, type ZipEntry } from "./zip";

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

async function* list(entries: ZipEntry[]): AsyncGenerator<ZipEntry> {
  yield* entries;
}

async function archive(entries: ZipEntry[]): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of zip(list(entries))) parts.push(part);
  return Buffer.concat(parts);
}

const contents = (bytes: Buffer) =>
  Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([name, content]) => [name, Buffer.from(content).toString()]),
  );

describe("zip", () => {
  test("holds every entry, packed or not, small, empty or flagged as large, under its name", async () => {
    const long = "all work and no play ".repeat(50_000);
    const bytes = await archive([
      { name: "a/leise Töne 🎻.txt", content: pieces("one ", "two") },
      { name: "empty", content: pieces() },
      { name: "b/long.txt", content: pieces(long, long) },
      { name: "b/packed.bin", content: pieces(long), isCompressed: true, isLarge: true },
      { name: "last", content: pieces("end") },
    ]);
    expect(contents(bytes)).toEqual({
      "a/leise Töne 🎻.txt": "one two",
      empty: "",
      "b/long.txt": long + long,
      "b/packed.bin": long,
      last: "end",
    });
    expect(bytes.length).toBeLessThan(long.length * 1.1);
  });

  test("of the same content has the same bytes", async () => {
    const make = () => archive([{ name: "a", content: pieces("one") }]);
    expect(await make()).toEqual(await make());
  });

  test("fails with the content that fails, and lets go of the others", async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("so far");
      throw new Error("the disk is gone");
    }
    await expect(archive([{ name: "a", content: broken() }])).rejects.toThrow("the disk is gone");
  });

  test("stops reading when nobody reads on", async () => {
    let isClosed = false;
    let read = 0;

    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) {
          read += 1;
          yield Buffer.alloc(65_536, read);
        }
      } finally {
        isClosed = true;
      }
    }
    let seen = 0;
    for await (const part of zip(list([{ name: "a", content: endless(), isCompressed: true }]))) {
      seen += part.byteLength;
      if (seen > 1_000_000) break;
    }
    await expect.poll(() => isClosed).toBe(true);
    expect(read).toBeLessThan(100);
  });
});
