import type { DbOrTransaction } from "@/lib/db/client";
import type { VoiceTurn } from "./voice-turn";

/**
 * What is said in a face's compiled threads, turn by turn, by the face and by the others.
 *
 * A turn that a border between two pieces cuts is stored in two parts: they are one turn again here.
 */
export async function readVoiceTurns(db: DbOrTransaction, faceId: string): Promise<VoiceTurn[]> {
  const rows = await db.$queryRaw<VoiceTurn[]>`
    SELECT s.document_id AS "documentId", s.version, s.start, s."end", s.speaker, s.is_face AS "isFace", s.text
    FROM spans s JOIN documents d ON d.id = s.document_id AND d.compiled_version = s.version
    WHERE s.face_id = ${faceId} AND d.type = 'thread'
    ORDER BY d.content_hash, s.chunk_index, s.ordinal`;
  return joined(rows);
}

/** No label stands between two parts of one turn: it would need three characters and a line break. */
function joined(rows: VoiceTurn[]): VoiceTurn[] {
  const turns: VoiceTurn[] = [];
  for (const row of rows) {
    const last = turns.at(-1);
    const gap = last === undefined ? 0 : row.start - last.end;
    const isSame = last?.documentId === row.documentId && last.speaker === row.speaker && gap >= 0 && gap <= 2;
    if (last !== undefined && isSame)
      turns[turns.length - 1] = { ...last, end: row.end, text: `${last.text}${"\n".repeat(gap)}${row.text}` };
    else turns.push(row);
  }
  return turns;
}
