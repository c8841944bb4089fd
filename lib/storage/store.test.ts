import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NotFoundError } from "@/lib/errors";
import { type FakeS3, startFakeS3 } from "./fake-s3";
import { localStore } from "./local-store";
import { s3Store } from "./s3-store";
import type { ObjectStore } from "./store";

const options = { contentType: "text/plain" };
let folder: string;
let s3: FakeS3;
const stores: Record<string, ObjectStore> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "faces-store-"));
  s3 = await startFakeS3();
  stores["a folder"] = localStore(folder);
  stores["a bucket"] = s3Store(`s3://pictures/my/prefix?endpoint=${s3.url}&region=eu-west-1`, {
    accessKeyId: "id",
    secretAccessKey: "secret",
  });
});

afterAll(async () => {
  await s3.stop();
  await rm(folder, { recursive: true });
});

function at(name: string): ObjectStore {
  const found = stores[name];
  if (found === undefined) throw new Error(name);
  return found;
}

async function read(store: ObjectStore, key: string): Promise<string> {
  return (await buffer(await store.get(key))).toString("utf8");
}

describe.each(["a folder", "a bucket"])("in %s", (name) => {
  test("what was put is got back, from bytes and from a stream, and put again it is replaced", async () => {
    const store = at(name);
    await store.put("faces/face_1/doc_1", Buffer.from("one"), options);
    expect(await read(store, "faces/face_1/doc_1")).toBe("one");
    await store.put("faces/face_1/doc_1", Readable.from([Buffer.from("tw"), Buffer.from("o")]), options);
    expect(await read(store, "faces/face_1/doc_1")).toBe("two");
    expect(await store.exists("faces/face_1/doc_1")).toBe(true);
  });

  test("deleting twice is fine, and what is deleted is missing", async () => {
    const store = at(name);
    await store.put("faces/face_1/doc_2", Buffer.from("x"), options);
    await store.delete("faces/face_1/doc_2");
    await store.delete("faces/face_1/doc_2");
    expect(await store.exists("faces/face_1/doc_2")).toBe(false);
    await expect(store.get("faces/face_1/doc_2")).rejects.toBeInstanceOf(NotFoundError);
  });

  test("no key leaves its place", async () => {
    const store = at(name);
    for (const key of [
      "../x",
      "a/../../x",
      "/etc/passwd",
      "a//b",
      "a/.",
      ".hidden",
      "a\\b",
      "a\0b",
      "",
      "a/",
      "ä",
      "x".repeat(600),
    ]) {
      await expect(store.put(key, Buffer.from("x"), options), key).rejects.toBeInstanceOf(RangeError);
      await expect(store.get(key), key).rejects.toBeInstanceOf(RangeError);
      await expect(store.delete(key), key).rejects.toBeInstanceOf(RangeError);
    }
  });

  test("a stream that breaks leaves what stood there before", async () => {
    const store = at(name);
    await store.put("faces/face_1/doc_3", Buffer.from("whole"), options);
    const broken = Readable.from(
      (async function* () {
        yield Buffer.alloc(1000);
        throw new Error("gone");
      })(),
    );
    await expect(store.put("faces/face_1/doc_3", broken, options)).rejects.toThrow("gone");
    expect(await read(store, "faces/face_1/doc_3")).toBe("whole");
  });

  test("an empty body and one of 40 MB keep their bytes", async () => {
    const store = at(name);
    await store.put("faces/face_1/doc_4", Readable.from([]), options);
    expect(await read(store, "faces/face_1/doc_4")).toBe("");
    const pieces = Array.from({ length: 40 }, (_, index) => Buffer.alloc(1024 * 1024 + index, index));
    await store.put("faces/face_1/doc_5", Readable.from(pieces), options);
    expect((await buffer(await store.get("faces/face_1/doc_5"))).equals(Buffer.concat(pieces))).toBe(true);
  });

  test("nothing is put once the caller has gone", async () => {
    const store = at(name);
    const signal = AbortSignal.abort();
    const body = Readable.from([Buffer.from("x")]);
    await expect(store.put("faces/face_1/doc_6", body, { ...options, signal })).rejects.toThrow(/abort/i);
    expect(await store.exists("faces/face_1/doc_6")).toBe(false);
  });
});

test("a folder keeps no unfinished files", async () => {
  expect((await readdir(join(folder, "faces", "face_1"))).every((name) => !name.includes("."))).toBe(true);
});

test("every request to a bucket is signed, under its prefix, and in path style", () => {
  expect(s3.requests.length).toBeGreaterThan(10);
  for (const { path, isSigned } of s3.requests) {
    expect(path).toMatch(/^\/pictures\/my\/prefix\/faces\//);
    expect(isSigned).toBe(true);
  }
  expect(s3.objects.get("/pictures/my/prefix/faces/face_1/doc_1")?.type).toBe("text/plain");
});

test("what a crash left half-written in a folder is deleted, and what is being written is not", async () => {
  const place = join(folder, ".unfinished");
  await mkdir(place, { recursive: true });
  await Promise.all(["crashed", "writing"].map((name) => writeFile(join(place, name), "somebody's face")));
  const longAgo = new Date(Date.now() - 2 * 60 * 60_000);
  await utimes(join(place, "crashed"), longAgo, longAgo);
  await at("a folder").deleteUnfinished?.();
  expect(await readdir(place)).toEqual(["writing"]);
});

test("a bucket that stumbles is asked again, and parts of a broken upload are taken back", async () => {
  const store = at("a bucket");
  s3.failNext(503, 2);
  await store.put("faces/face_1/doc_7", Buffer.from("again"), options);
  expect(await read(store, "faces/face_1/doc_7")).toBe("again");
  const broken = Readable.from(
    (async function* () {
      for (let part = 0; part < 40; part++) yield Buffer.alloc(1024 * 1024);
      throw new Error("gone");
    })(),
  );
  await expect(store.put("faces/face_1/doc_8", broken, options)).rejects.toThrow("gone");
  expect(s3.uploads.size).toBe(0);
  expect(await store.exists("faces/face_1/doc_8")).toBe(false);
});
