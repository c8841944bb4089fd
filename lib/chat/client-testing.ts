import type { Ctx } from "@/lib/auth/context";
import { newId } from "@/lib/ids";
import { createKey } from "@/lib/keys/create-key";
import { CreateKeyInput } from "@/lib/keys/schemas";
import { spansOf } from "@/lib/retrieve/testing";

/** A compiled face of the account that has said these sentences, one a span. */
export async function faceWithLines({ db, actor }: Ctx, username: string, lines: string[]): Promise<void> {
  const faceId = newId("face");
  const documentId = newId("document");
  await db.face.create({ data: { id: faceId, accountId: actor.accountId, username, name: "Nora", version: 1 } });
  await db.document.create({
    data: {
      id: documentId,
      faceId,
      type: "document",
      label: "life",
      source: "paste",
      mimeType: "text/plain",
      perspective: "first-person",
      contentHash: username,
      tokenCount: 50,
      status: "synced",
      compiledVersion: 1,
    },
  });
  const spans = await spansOf(documentId, lines);
  await db.span.createMany({
    data: spans.map((span, ordinal) => ({
      ...span,
      id: newId("span"),
      faceId,
      chunkIndex: 0,
      ordinal,
      sentenceVectors: new Uint8Array(span.sentenceVectors),
      contextVector: new Uint8Array(span.contextVector),
    })),
  });
}

/** An API key of the account, as a client sends it. */
export async function keyOf(ctx: Ctx): Promise<string> {
  const { key } = await createKey(ctx, CreateKeyInput.parse({ name: "client" }));
  return key;
}
