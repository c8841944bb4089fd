import { expect, test, vi } from "vitest";
import { PATCH as patch } from "@/app/v1/faces/[face]/documents/[document]/route";
import { GET as readLimits } from "@/app/v1/faces/[face]/upload/route";
import { testDatabase, testUser } from "@/lib/db/testing";
import { createFace } from "@/lib/faces/create-face";
import { CreateFaceInput } from "@/lib/faces/schemas";
import { testCaller } from "@/lib/http/testing";
import { addTextDocument } from "./add-document";
import type { DocumentView } from "./schemas";

const { db } = await testDatabase();

async function makeFace() {
  const ctx = await testUser(db);
  await createFace(ctx, CreateFaceInput.parse({ username: "ann", name: "Ann" }));
  const caller = await testCaller(ctx);
  const change = async (document: string, json: object) => {
    const answer = await caller.call(patch, { method: "PATCH", params: { face: "ann", document }, json });
    return { status: answer.status, ...(answer.body as { data: DocumentView; detail: string }) };
  };
  return { ctx, caller, change };
}

test("a text that was taken for an essay becomes a conversation, and an essay again, each as a new version", async () => {
  const { ctx, change } = await makeFace();
  const content = "Ann: I love tea.\nBob: Really?\nAnn: Yes, always.";
  const added = await addTextDocument(ctx, { face: "ann", content, type: "document" });
  expect(added).toMatchObject({ type: "document", face_speaker: null, version: 1 });

  const thread = await change(added.id, { type: "thread" });
  expect(thread.data).toMatchObject({
    type: "thread",
    face_speaker: "Ann",
    speakers: ["Ann", "Bob"],
    version: 2,
    status: "pending",
  });
  const back = await change(added.id, { type: "document" });
  expect(back.data).toMatchObject({ type: "document", face_speaker: null, version: 3 });
});

test("what nobody speaks in does not become a conversation, and stays as it was", async () => {
  const { ctx, change } = await makeFace();
  const added = await addTextDocument(ctx, { face: "ann", content: "I love tea.", type: "document" });
  expect(await change(added.id, { type: "thread" })).toMatchObject({ status: 422 });
  const row = await db.document.findUniqueOrThrow({ where: { id: added.id } });
  expect(row).toMatchObject({ type: "document", version: 1 });
});

test("a recording that is still being heard can be said to be about the face, and its text still comes", async () => {
  const { ctx, change } = await makeFace();
  const added = await addTextDocument(ctx, { face: "ann", content: "x", type: "document" });
  await db.document.update({ where: { id: added.id }, data: { status: "transcribing", tokenCount: 0 } });
  const { data } = await change(added.id, { perspective: "third-person" });
  expect(data).toMatchObject({ status: "transcribing", perspective: "third-person", version: 1 });
});

test("what may be uploaded is told, and whether a recording would be heard", async () => {
  const { caller } = await makeFace();
  const read = async () => (await caller.call(readLimits, { params: { face: "ann" } })).body;
  vi.stubEnv("OPENAI_API_KEY", "");
  const without = { max_text_bytes: 26_214_400, max_recording_bytes: 524_288_000, transcription: null };
  expect(await read()).toEqual({ data: without });
  const stranger = await testCaller(await testUser(db));
  expect((await stranger.call(readLimits, { params: { face: "ann" } })).status).toBe(404);
});
