import { beforeAll, describe, expect, test } from "vitest";
import { POST as addText } from "@/app/v1/faces/[face]/documents/route";
import { DELETE as deleteDocument, GET as readDocument } from "@/app/v1/faces/[face]/documents/[document]/route";
import { POST as upload } from "@/app/v1/faces/[face]/upload/route";
import { POST as createFace } from "@/app/v1/faces/route";
import { testDatabase, testUser } from "@/lib/db/testing";
import { testCaller } from "@/lib/http/testing";
import { encryptedPdf, picturePdf, temporaryStore, textPdf } from "./testing";

temporaryStore();
const { db } = await testDatabase();
const caller = await testCaller(await testUser(db));
const stranger = await testCaller(await testUser(db));
const params = { face: "alice" };

beforeAll(async () => {
  await caller.call(createFace, { method: "POST", json: { username: "alice" } });
});

function form(
  name: string,
  bytes: Uint8Array | string,
  fields: Record<string, string> = { type: "document" },
): FormData {
  const data = new FormData();
  data.set("file", new File([bytes as BlobPart], name));
  for (const [key, value] of Object.entries(fields)) data.set(key, value);
  return data;
}

const sentence = (text: unknown) => expect(text).toMatch(/^.{10,}[.]$/s);

describe("an upload that cannot be used", () => {
  const binary = Uint8Array.from({ length: 4000 }, (_, index) => (index * 7919) % 251);
  test.each([
    ["an empty file", form("empty.txt", ""), 422],
    ["white space only", form("blank.txt", " \n\t "), 422],
    ["a binary named .txt", form("notes.txt", binary), 415],
    [
      "a PNG named .txt",
      form("a.txt", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])),
      415,
    ],
    ["NUL bytes in text", form("nul.txt", "I like tea.\0I like rain."), 415],
    ["an encrypted PDF", form("secret.pdf", encryptedPdf), 422],
    ["a PDF of pictures", form("scan.pdf", picturePdf), 422],
    ["a cut-off PDF", form("cut.pdf", textPdf.slice(0, 60)), 422],
    ["an unknown type", form("a.txt", "I like tea.", { type: "poem" }), 422],
    ["a thread without turns", form("a.txt", "I like tea.", { type: "thread" }), 422],
    ["a speaker who is not there", form("a.txt", "Ann: hi\nBob: hello", { type: "thread", face_speaker: "Cleo" }), 422],
    ["a form without a file", new FormData(), 422],
    ["no form at all", "just text", 415],
  ])("is refused with a reason: %s", async (_name, body, status) => {
    const answer = await caller.call(upload, { method: "POST", params, body });
    expect(answer.status).toBe(status);
    sentence((answer.body as { detail: string }).detail);
    expect(answer.body).toMatchObject({ error: { message: expect.any(String), code: expect.any(String) } });
  });

  test("is refused before it is read when it is 50 MB", async () => {
    let read = 0;
    const body = new ReadableStream({
      pull(controller) {
        read += 1_000_000;
        if (read > 50_000_000) controller.close();
        else controller.enqueue(new Uint8Array(1_000_000).fill(97));
      },
    });
    const type = "multipart/form-data; boundary=x";
    const headers = { "content-type": type, "content-length": "50000000" };
    const answer = await caller.call(upload, { method: "POST", params, body, headers });
    expect(answer.status).toBe(413);
    expect(read).toBeLessThan(5_000_000);
  });

  test("is refused while it streams when its length was not told", async () => {
    const answer = await caller.call(upload, {
      method: "POST",
      params,
      body: form("big.txt", "word ".repeat(6_000_000)),
    });
    expect(answer.status).toBe(413);
  });
});

describe("a text that is odd but good", () => {
  test.each([
    [
      "Windows-1252",
      form("old.txt", Uint8Array.from([73, 32, 108, 105, 107, 101, 32, 99, 97, 102, 233, 115, 46])),
      "I like cafés.",
    ],
    ["UTF-16 with a mark", form("w.txt", Uint8Array.from([0xff, 0xfe, 0x49, 0, 0x20, 0, 0x61, 0, 0x6d, 0])), "I am"],
    ["UTF-8 with a mark", form("m.txt", "\uFEFFI collect bells."), "I collect bells."],
    ["a PDF", form("letter.pdf", textPdf), "I keep bees in Berlin."],
  ])("is read as it is: %s", async (_name, body, text) => {
    const answer = await caller.call(upload, { method: "POST", params, body });
    expect(answer).toMatchObject({ status: 201, body: { data: { status: "pending" } } });
    const id = (answer.body as { data: { id: string } }).data.id;
    const read = await caller.call(readDocument, { params: { ...params, document: id } });
    expect((read.body as { data: { content: string } }).data.content.trim()).toBe(text);
  });

  test("is one document when the same bytes come twice", async () => {
    const body = () => form("twice.txt", "I never answer the phone before ten.");
    const answers = await Promise.all(
      [1, 2, 3].map(() => caller.call(upload, { method: "POST", params, body: body() })),
    );
    const ids = answers.map(({ body }) => (body as { data: { id: string } }).data.id);
    expect(new Set(ids).size).toBe(1);
  });
});

describe("a JSON body", () => {
  test.each([
    ["not JSON", '{"content": ', 422],
    ["a NUL escape", '{"content":"tea\\u0000", "type":"document"}', 422],
    ["not an object", "[1,2]", 422],
    ["nothing to read", '{"content":"", "type":"document"}', 422],
    ["11 MB", `{"content":"${"a ".repeat(5_500_000)}"}`, 413],
  ])("is refused: %s", async (_name, body, status) => {
    const answer = await caller.call(addText, {
      method: "POST",
      params,
      body,
      headers: { "content-type": "application/json" },
    });
    expect(answer.status).toBe(status);
    sentence((answer.body as { detail: string }).detail);
  });

  test("keeps its offsets when it holds half a surrogate pair", async () => {
    const body = '{"content":"I like \\ud83d tea.", "type":"document"}';
    const answer = await caller.call(addText, { method: "POST", params, body });
    const id = (answer.body as { data: { id: string } }).data.id;
    const read = await caller.call(readDocument, { params: { ...params, document: id } });
    expect((read.body as { data: { content: string } }).data.content).toBe("I like \uFFFD tea.");
  });
});

describe("an address", () => {
  test("with a NUL in it is refused with a reason", async () => {
    for (const bad of [{ params: { face: "a\0b" } }, { params, query: "?version=%00" }]) {
      const answer = await caller.call(readDocument, { ...bad, params: { document: "d", ...bad.params } });
      expect(answer.status).toBe(422);
      sentence((answer.body as { detail: string }).detail);
    }
  });
});

describe("somebody else's things", () => {
  test("answer like missing ones", async () => {
    const mine = await caller.call(addText, {
      method: "POST",
      params,
      json: { content: "I save string.", type: "document" },
    });
    const { face_id: face, id: document } = (mine.body as { data: { face_id: string; id: string } }).data;
    const foreign = await stranger.call(readDocument, { params: { face, document } });
    const missing = await stranger.call(readDocument, { params: { face: face.replace(/.$/, "0"), document } });
    expect(foreign.status).toBe(404);
    expect(foreign.body).toEqual({ ...(missing.body as object), request_id: expect.any(String) });
    expect((await stranger.call(deleteDocument, { method: "DELETE", params: { face, document } })).status).toBe(404);
    expect(
      (await stranger.call(upload, { method: "POST", params: { face }, body: form("a.txt", "hello you") })).status,
    ).toBe(404);
  });
});
