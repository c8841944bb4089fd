import type { Readable } from "node:stream";
import { toPrimitiveView, withSources } from "@/lib/compile/primitive-view";
import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { type DocumentRow, toDocumentView } from "@/lib/documents/document-views";
import { AppError } from "@/lib/errors";
import { toFaceView } from "@/lib/faces/face-views";
import type { FaceRow } from "@/lib/faces/require-face";
import { store } from "@/lib/storage/store";
import { fileName, inBatches, json, jsonArray, tableRows, textPieces } from "./export-parts";
import type { ZipEntry } from "./zip";

/** The files of one face in an export. */
export async function* faceEntries(db: Db, face: FaceRow, signal: AbortSignal): AsyncGenerator<ZipEntry> {
  const folder = `faces/${face.username}`;
  const ofFace = { owner: Prisma.sql`face_id = ${face.id}` };
  yield { name: `${folder}/face.json`, content: json(await toFaceView(db, face)) };
  yield { name: `${folder}/primitives.json`, content: jsonArray(primitives(db, face.id)) };
  yield { name: `${folder}/findings.json`, content: jsonArray(tableRows(db, { table: "findings", ...ofFace })) };
  yield { name: `${folder}/versions.json`, content: jsonArray(versions(db, face.id)) };
  yield { name: `${folder}/voice.json`, content: json(face.voice) };
  const documents = inBatches((after, take) =>
    db.document.findMany({ where: { faceId: face.id, id: { gt: after } }, orderBy: { id: "asc" }, take }),
  );
  for await (const document of documents) yield* documentEntries(db, document, { folder, signal });
}

async function* primitives(db: Db, faceId: string): AsyncGenerator<string> {
  const rows = inBatches((after, take) =>
    db.primitive.findMany({ where: { faceId, id: { gt: after } }, orderBy: { id: "asc" }, take, include: withSources }),
  );
  for await (const row of rows) yield JSON.stringify(toPrimitiveView(row));
}

async function* versions(db: Db, faceId: string): AsyncGenerator<string> {
  const rows = await db.faceVersion.findMany({
    where: { faceId },
    orderBy: { number: "asc" },
    select: { number: true },
  });
  for (const { number } of rows) {
    const [version] = await db.$queryRaw<{ row: string }[]>`
      SELECT to_jsonb(v)::text AS row FROM face_versions v WHERE face_id = ${faceId} AND number = ${number}`;
    if (version !== undefined) yield version.row;
  }
}

async function* documentEntries(
  db: Db,
  document: DocumentRow,
  { folder, signal }: { folder: string; signal: AbortSignal },
): AsyncGenerator<ZipEntry> {
  const place = `${folder}/documents/${document.id}`;
  yield { name: `${place}/document.json`, content: json(await toDocumentView(db, document)) };
  const where = { documentId: document.id };
  const texts = await db.documentVersion.findMany({ where, orderBy: { version: "asc" }, select: { version: true } });
  for (const { version } of texts) {
    yield { name: `${place}/text-v${version}.txt`, content: text(db, document.id, version) };
  }
  if (document.storageKey === null) return;
  const file = await openFile(document.storageKey, signal);
  // what cannot be opened must not keep the rest from coming
  yield file === null
    ? { name: `${place}/original/MISSING.txt`, content: textPieces("The file was not in the store any more.\n") }
    : { name: `${place}/original/${fileName(document.label)}`, content: file, isCompressed: true, isLarge: true };
}

async function* text(db: Db, documentId: string, version: number): AsyncGenerator<Uint8Array> {
  const row = await db.documentVersion.findUnique({ where: { documentId_version: { documentId, version } } });
  yield* textPieces(row?.content ?? "");
}

async function openFile(key: string, signal: AbortSignal): Promise<Readable | null> {
  try {
    return await store().get(key, { signal });
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}
