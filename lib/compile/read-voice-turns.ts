import type { DbOrTransaction } from "@/lib/db/client";

/** What the face says in its compiled threads, turn by turn. */
export async function readVoiceTurns(db: DbOrTransaction, faceId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ text: string }[]>`
    SELECT s.text FROM spans s JOIN documents d ON d.id = s.document_id AND d.compiled_version = s.version
    WHERE s.face_id = ${faceId} AND d.type = 'thread' AND s.is_face
    ORDER BY d.content_hash, s.chunk_index, s.ordinal`;
  return rows.map(({ text }) => text);
}
