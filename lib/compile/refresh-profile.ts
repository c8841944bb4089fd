import { runTask } from "@/lib/compute/pool";
import type { Db } from "@/lib/db/client";

const profileTimeoutMs = 30_000;

/**
 * Measures what a face's active primitives come to (tokens, centroids) after its owner's word has changed. When it
 * changes meanwhile, that change measures it.
 */
export async function refreshProfile(db: Db, faceId: string): Promise<void> {
  const [row] = await db.$queryRaw<
    { revision: number; json: string | null; vectors: Uint8Array<ArrayBuffer> | null }[]
  >`
    SELECT f.revision, p.json, p.vectors FROM faces f CROSS JOIN (
      SELECT json_agg(json_build_object('component', component, 'statement', statement, 'state', state)
                      ORDER BY key)::text AS json,
             string_agg(vector, ''::bytea ORDER BY key) AS vectors
      FROM (SELECT key, coalesce(edited_component, component) AS component, coalesce(edited_text, statement) AS statement,
                   coalesce(edited_vector, vector) AS vector,
                   CASE WHEN is_disabled THEN 'disabled'
                        WHEN state = 'draft' AND NOT is_pinned AND NOT is_accepted AND edited_text IS NULL
                             AND edited_component IS NULL THEN 'draft'
                        ELSE 'active' END AS state
            FROM primitives WHERE face_id = ${faceId}) each
    ) p WHERE f.id = ${faceId}`;
  if (row === undefined) return;
  const page = { json: row.json ?? "[]", vectors: row.vectors ?? new Uint8Array() };
  const { tokens, centroids } = await runTask("measureProfile", page, { timeoutMs: profileTimeoutMs });
  await db.face.updateMany({
    where: { id: faceId, revision: row.revision },
    data: { profileTokens: tokens, centroids },
  });
}
