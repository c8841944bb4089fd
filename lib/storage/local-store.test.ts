import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NotFoundError } from "@/lib/errors";
import { localStore } from "./local-store";
import type { ObjectStore } from "./store";

describe("files in a folder", () => {
  let folder: string;
  let files: ObjectStore;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "faces-store-"));
    files = localStore(join(folder, "files"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const contentType = "text/plain";

  test("come back as they were put, from bytes and from a stream", async () => {
    const bytes = Buffer.from([0, 255, 1, 2, 254]);
    await files.put("faces/face_1/doc_1", bytes, { contentType });
    expect(Buffer.compare(await buffer(await files.get("faces/face_1/doc_1")), bytes)).toBe(0);
    await files.put("faces/face_1/doc_2", Readable.from(["some ", "text"]), { contentType });
    expect(await text(await files.get("faces/face_1/doc_2"))).toBe("some text");
    await files.put("faces/face_1/doc_2", Buffer.from("another"), { contentType });
    expect(await text(await files.get("faces/face_1/doc_2"))).toBe("another");
  });

  test("are there or not, and deleting twice is no error", async () => {
    await files.put("faces/face_2/doc_1", Buffer.from("a"), { contentType });
    expect(await files.exists("faces/face_2/doc_1")).toBe(true);
    await files.delete("faces/face_2/doc_1");
    await files.delete("faces/face_2/doc_1");
    expect(await files.exists("faces/face_2/doc_1")).toBe(false);
    await expect(files.get("faces/face_2/doc_1")).rejects.toBeInstanceOf(NotFoundError);
  });

  test("leave nothing behind when the source breaks", async () => {
    const broken = Readable.from(
      (async function* () {
        yield "half";
        throw new Error("the line went dead");
      })(),
    );
    await expect(files.put("faces/face_3/doc_1", broken, { contentType })).rejects.toThrow("went dead");
    expect(await files.exists("faces/face_3/doc_1")).toBe(false);
    expect(await readdir(join(folder, "files", "faces", "face_3"))).toEqual([]);
  });

  test("are listed by prefix", async () => {
    await files.put("faces/face_4/doc_1", Buffer.from("a"), { contentType });
    const keys: string[] = [];
    for await (const { key } of files.list("faces/face_4/")) keys.push(key);
    expect(keys).toEqual(["faces/face_4/doc_1"]);
  });

  test.each(["../x", "/etc/passwd", "a/../b", "a//b", "", "a\0b", "A", "a/.b", "a\\b"])(
    "refuse the key %j",
    async (key) => {
      await expect(files.put(key, Buffer.from("a"), { contentType })).rejects.toBeInstanceOf(RangeError);
      await expect(files.get(key)).rejects.toBeInstanceOf(RangeError);
      await expect(files.delete(key)).rejects.toBeInstanceOf(RangeError);
    },
  );
});
