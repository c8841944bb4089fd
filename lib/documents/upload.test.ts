import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { GET as readFileRoute } from "@/app/v1/faces/[face]/documents/[document]/file/route";
import { POST as addText } from "@/app/v1/faces/[face]/documents/route";
import { POST as previewSpeakers } from "@/app/v1/faces/[face]/speakers/route";
import { POST as upload } from "@/app/v1/faces/[face]/upload/route";
import type { Ctx } from "@/lib/auth/context";
import { testDatabase, testUser } from "@/lib/db/testing";
import { createFace } from "@/lib/faces/create-face";
import { deleteFace } from "@/lib/faces/delete-face";
import { releaseFile } from "@/lib/faces/release-file.job";
import { CreateFaceInput } from "@/lib/faces/schemas";
import { testCaller } from "@/lib/http/testing";
import { startWorker } from "@/lib/jobs/worker";
import { docx, wordParagraph } from "./formats/testing";
import { listDocuments } from "./list-documents";
import { readDocument } from "./require-document";
import type { DocumentView, SpeakersPreview } from "./schemas";
import { temporaryStore } from "./testing";
import { updateDocument } from "./update-document";

const folder = temporaryStore();
const { db, url } = await testDatabase();
const ctx: Ctx = await testUser(db);
const caller = await testCaller(ctx);
const stranger = await testCaller(await testUser(db));
const params = { face: "ann" };

beforeAll(async () => {
  await createFace(ctx, CreateFaceInput.parse({ username: "ann", name: "Ann Lee", aliases: ["Annie"] }));
});

function form(name: string, content: Uint8Array | string, fields: Record<string, string> = {}): FormData {
  const data = new FormData();
  data.set("file", new File([content as BlobPart], name));
  for (const [key, value] of Object.entries(fields)) data.set(key, value);
  return data;
}

async function send(name: string, content: Uint8Array | string, fields: Record<string, string> = {}, face = "ann") {
  const answer = await caller.call(upload, { method: "POST", params: { face }, body: form(name, content, fields) });
  const body = answer.body as { data: DocumentView; detail: string };
  return { status: answer.status, document: body.data, detail: body.detail };
}

const filesOf = (faceId: string): string[] => {
  try {
    return readdirSync(join(folder, "files", "faces", faceId));
  } catch {
    return [];
  }
};

/** Lets a worker run the job about a file. */
async function workUntilDone(documentId: string): Promise<void> {
  const worker = await startWorker({ url, db, jobs: [releaseFile], pollMs: 5 });
  const open = { name: releaseFile.name, key: documentId, status: { in: ["queued", "running"] } };
  try {
    await vi.waitFor(async () => expect(await db.job.count({ where: open })).toBe(0), { timeout: 20_000 });
  } finally {
    await worker.stop();
  }
}

/** Fetches a file as HTTP would, to see its bytes and headers. */
const fetchFile = (document: string, key = caller.key, face = "ann") =>
  readFileRoute(new Request("http://faces.test/v1/x", { headers: { authorization: `Bearer ${key}` } }), {
    params: Promise.resolve({ face, document }),
  });

describe("a file", () => {
  test("is kept as it came and given back as an attachment, to nobody else", async () => {
    const page = `<!doctype html><html><body><p>I keep bees.</p><script>alert(1)</script></body></html>`;
    const { status, document } = await send("über bees.html", page, { type: "document" });
    expect(status).toBe(201);
    expect(document).toMatchObject({
      format: "html",
      mime_type: "text/html",
      byte_size: page.length,
      source_url: null,
      media_seconds: null,
      findings: 0,
      notes: [],
      status: "pending",
    });
    expect(filesOf(document.face_id)).toContain(document.id);
    const file = await fetchFile(document.id);
    expect(await file.text()).toBe(page);
    expect(Object.fromEntries(file.headers)).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="_ber bees.html"; filename*=UTF-8''%C3%BCber%20bees.html`,
      "x-content-type-options": "nosniff",
      "content-length": String(page.length),
    });
    const foreign = await fetchFile(document.id, stranger.key, document.face_id);
    expect(foreign.status).toBe(404);
  });

  test("is not there for pasted text", async () => {
    const pasted = await caller.call(addText, { method: "POST", params, json: { content: "I keep string." } });
    const { id, byte_size: size } = (pasted.body as { data: DocumentView }).data;
    expect(size).toBeNull();
    expect((await fetchFile(id)).status).toBe(404);
  });

  test("is one document and one file when it comes five times at once", async () => {
    const letter = docx(wordParagraph("I never answer the phone before ten."));
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => send("letter.docx", letter)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map(({ document }) => document.id)).size).toBe(1);
    const documents = await db.document.findMany({ where: { faceId: answers[0]?.document.face_id ?? "" } });
    const kept = documents.filter(({ storageKey }) => storageKey !== null).map(({ id }) => id);
    expect(filesOf(answers[0]?.document.face_id ?? "").sort()).toEqual(kept.sort());
  });

  test("that is refused leaves nothing behind", async () => {
    const before = filesOf((await send("tea.txt", "I like tea.")).document.face_id);
    expect((await send("chat.txt", "Bob: hi\nCleo: hello", { type: "thread" })).status).toBe(422);
    expect(filesOf((await send("tea.txt", "I like tea.")).document.face_id)).toEqual(before);
  });

  test("goes with its face, and one in use stays", async () => {
    const face = await createFace(ctx, CreateFaceInput.parse({ username: "brief" }));
    const { document } = await send("a.txt", "I like rain.", {}, "brief");
    const payload = { faceId: face.id, documentId: document.id };
    // the job that waits for uploads that came to nothing, an hour early
    await releaseFile.enqueue(db as never, payload);
    await workUntilDone(document.id);
    expect(filesOf(face.id)).toEqual([document.id]);
    await deleteFace(ctx, "brief");
    expect(filesOf(face.id)).toEqual([document.id]);
    await workUntilDone(document.id);
    expect(filesOf(face.id)).toEqual([]);
  });
});

describe("what a file is when nobody says", () => {
  const chat = "[1/2/24, 10:00:00] Annie: Hi\n[1/2/24, 10:01:00] Bob: Hi you\n[13/2/24, 10:01:00] Annie: Again";

  test("a chat is a thread, and who says otherwise is right", async () => {
    expect((await send("chat.txt", chat)).document).toMatchObject({
      type: "thread",
      format: "whatsapp",
      face_speaker: "Annie",
      speakers: ["Annie", "Bob"],
    });
    const told = await send("chat2.txt", `${chat}!`, { type: "document" });
    expect(told.document).toMatchObject({ type: "document", face_speaker: null });
  });

  test("a play is a thread where the face speaks in it, else a document", async () => {
    expect((await send("a.txt", "Ann Lee: Tea?\nBob: Yes.")).document).toMatchObject({
      type: "thread",
      face_speaker: "Ann Lee",
    });
    expect((await send("b.txt", "Cleo: Tea?\nBob: Yes.")).document.type).toBe("document");
    expect((await send("c.txt", "Cleo: Cake?\nBob: Yes.", { face_speaker: "cleo" })).document).toMatchObject({
      type: "thread",
      face_speaker: "Cleo",
    });
  });

  test("a thread without the face in it is refused with its speakers", async () => {
    const { status, detail } = await send("d.txt", "Cleo: Bread?\nBob: Yes.", { type: "thread" });
    expect(status).toBe(422);
    expect(detail).toBe(
      "Say in `face_speaker` who the face is: nobody in this thread bears its name. Speakers: Cleo, Bob.",
    );
  });
});

describe("the speakers of a file", () => {
  test("are told with how much they say and a few lines, and nothing is stored", async () => {
    const before = await db.document.count();
    const body = form(
      "chat.txt",
      "Bob: I went to the river yesterday.\nAnnie: hm\nBob: ok\nBob: yes\nBob: It was colder than I like.",
    );
    const answer = await caller.call(previewSpeakers, { method: "POST", params, body });
    expect(answer.status).toBe(200);
    expect((answer.body as { data: SpeakersPreview }).data).toEqual({
      format: "text",
      speakers: [
        {
          name: "Bob",
          turns: 4,
          words: 14,
          sample: ["I went to the river yesterday.", "It was colder than I like.", "yes"],
        },
        { name: "Annie", turns: 1, words: 1, sample: ["hm"] },
      ],
      suggested: "Annie",
    });
    expect(await db.document.count()).toBe(before);
  });

  test("are refused where nobody speaks, and to strangers", async () => {
    const prose = () => form("a.txt", "I like tea.");
    expect((await caller.call(previewSpeakers, { method: "POST", params, body: prose() })).status).toBe(422);
    const { faceId } = await db.document.findFirstOrThrow();
    const foreign = await stranger.call(previewSpeakers, { method: "POST", params: { face: faceId }, body: prose() });
    expect(foreign.status).toBe(404);
  });
});

describe("a text about a face", () => {
  const codes = (document: DocumentView): string[] => document.notes.map(({ code }) => code);
  const about = { type: "document", perspective: "third-person" };

  test("asks for name and pronouns until the face has them", async () => {
    await createFace(ctx, CreateFaceInput.parse({ username: "nameless" }));
    const first = await send("a.txt", "She keeps bees.", about, "nameless");
    expect(codes(first.document)).toEqual(["needs_name", "needs_pronouns"]);
    const second = await send(
      "b.txt",
      "She likes tea.",
      { ...about, name: "Ada Byron", pronouns: "she/her" },
      "nameless",
    );
    expect(codes(second.document)).toEqual([]);
    expect(codes(await readDocument(ctx, { face: "nameless", document: first.document.id }))).toEqual([]);
    await send("c.txt", "She likes rain.", { ...about, name: "Somebody Else", pronouns: "they" }, "nameless");
    expect(await db.face.findFirst({ where: { username: "nameless" } })).toMatchObject({
      name: "Ada Byron",
      pronouns: "she/her",
    });
  });

  test("says when it is not in English, in lists too", async () => {
    const german =
      "Ich bin in einer kleinen Stadt geboren und habe das Meer nie gemocht, mein Vater war Müller. ".repeat(3);
    const { document } = await send("de.txt", german);
    expect(codes(document)).toEqual(["not_english"]);
    const listed = await listDocuments(ctx, { face: "ann", limit: 100, cursor: undefined, type: undefined });
    expect(codes(listed.items.find(({ id }) => id === document.id) as DocumentView)).toEqual(["not_english"]);
  });
});

test("a note on the language goes when the words do", async () => {
  const german = "Ich bin in einer kleinen Stadt geboren und habe das Meer nie gemocht, mein Vater war Müller. ".repeat(
    3,
  );
  const pasted = await caller.call(addText, { method: "POST", params, json: { content: german } });
  const { id, notes } = (pasted.body as { data: DocumentView }).data;
  expect(notes.map(({ code }) => code)).toEqual(["not_english"]);
  const edited = await updateDocument(ctx, { face: "ann", document: id, content: "I was born in a small town." });
  expect(edited.notes).toEqual([]);
});

test("an older version of a text can still be read", async () => {
  const { document } = await send("v.txt", "I like the first tea.");
  await updateDocument(ctx, { face: "ann", document: document.id, content: "I like the second tea." });
  const content = async (version?: number) =>
    (await readDocument(ctx, { face: "ann", document: document.id, version })).content;
  expect([await content(1), await content(2), await content()]).toEqual([
    "I like the first tea.",
    "I like the second tea.",
    "I like the second tea.",
  ]);
  // the file stays what was uploaded
  expect(await (await fetchFile(document.id)).text()).toBe("I like the first tea.");
});

test("costs the same number of queries for one document as for many", async () => {
  const face = await createFace(ctx, CreateFaceInput.parse({ username: "many" }));
  for (const each of ["one", "two", "three"]) {
    await caller.call(addText, { method: "POST", params: { face: "many" }, json: { content: `I like ${each}.` } });
  }
  const queries = async (limit: number): Promise<number> => {
    let count = 0;
    const counting = new Proxy(db, {
      get(target, name) {
        if (name === "document" || name === "$queryRaw" || name === "face") count += 1;
        return Reflect.get(target, name) as unknown;
      },
    });
    await listDocuments({ ...ctx, db: counting }, { face: face.id, limit, cursor: undefined, type: undefined });
    return count;
  };
  expect(await queries(3)).toBe(await queries(1));
});
