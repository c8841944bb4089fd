import { runTask } from "@/lib/compute/pool";
import type { Db } from "@/lib/db/client";
import type { Fidelity } from "./schemas";
import type { HeldOut } from "./fidelity.task";
import { readOverrides } from "./primitive-overrides";
import { buffersOf, readCompiledSources, readStatementPages, type Source } from "./read-statements";
import { readVoiceTurns } from "./read-voice-turns";

const fidelityTimeoutMs = 120_000;
/** As many sentences are held out; more would narrow the interval little and take long. */
const maxHeldOut = 200;
/** Shorter ones ("Quite so.") could find no support whatever else was said. */
const minHeldOutCharacters = 40;

/** How good a compiled face is; null when nothing is compiled. The measuring runs in a compute thread. */
export async function measureFaceFidelity(db: Db, faceId: string, signal?: AbortSignal): Promise<Fidelity | null> {
  const sources = await readCompiledSources(db, faceId);
  const face = await db.face.findUnique({ where: { id: faceId }, select: { profileTokens: true } });
  if (sources.length === 0 || face === null) return null;
  const wanted = JSON.stringify(sources);
  const pages = await readStatementPages(db, sources);
  const [texts] = await db.$queryRaw<{ spans: string; tokens: number }[]>`
    WITH w AS (SELECT * FROM jsonb_to_recordset(${wanted}::jsonb) AS r ("documentId" text, version int))
    SELECT coalesce((SELECT json_object_agg(own.document_id, own.places) FROM (
             SELECT s.document_id, json_agg(json_build_array(s.start, s."end")) AS places
             FROM spans s JOIN w ON w."documentId" = s.document_id AND w.version = s.version
             WHERE s.is_face OR s.speaker IS NULL GROUP BY 1) own), '{}')::text AS spans,
           (SELECT coalesce(sum(c.tokens), 0)::int FROM chunks c
            JOIN w ON w."documentId" = c.document_id AND w.version = c.version) AS tokens`;
  const turns = await readVoiceTurns(db, faceId);
  return runTask(
    "measureFidelity",
    {
      pages,
      sources,
      overrides: await readOverrides(db, faceId),
      sourceTokens: texts?.tokens ?? 0,
      profileTokens: face.profileTokens,
      ownSpans: texts?.spans ?? "{}",
      heldOut: await drawSentences(db, sources),
      turns: {
        own: turns.filter(({ isFace }) => isFace).map(({ text }) => text),
        others: turns.filter(({ isFace }) => !isFace).map(({ text }) => text),
      },
    },
    {
      timeoutMs: fidelityTimeoutMs,
      transfer: buffersOf(pages),
      ...(signal ? { signal } : {}),
    },
  );
}

/** The face's own spans in an order that their content alone decides. */
function drawSentences(db: Db, sources: Source[]): Promise<HeldOut[]> {
  return db.$queryRaw<HeldOut[]>`
    SELECT s.document_id AS "documentId", s.start, s."end", s.sentence_vectors AS "sentenceVectors"
    FROM spans s
    JOIN jsonb_to_recordset(${JSON.stringify(sources)}::jsonb) AS w ("documentId" text, version int, "documentKey" text)
      ON w."documentId" = s.document_id AND w.version = s.version
    WHERE (s.is_face OR s.speaker IS NULL) AND length(s.text) >= ${minHeldOutCharacters} AND s.text NOT LIKE '%?'
    ORDER BY md5(w."documentKey" || ':' || s.start) LIMIT ${maxHeldOut}`;
}
