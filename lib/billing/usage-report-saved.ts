import type { DbOrTransaction } from "@/lib/db/client";
import type { SavedTokens } from "./schemas";
import type { Span } from "./usage-report-span";

/** Answers of one compiled state of a face. */
type Answered = { faceId: string; version: number; answers: bigint; persona: bigint };

/**
 * How many tokens were saved in a span against sending the sources of a face whole with every request, by face:
 *
 *     Σ over its traced answers of (tokens of the sources compiled into the version that answered − persona tokens sent)
 *
 * A composite's sources are those of its parts as they are compiled now. Counted are only answers whose trace is still
 * there (TRACE_RETENTION_DAYS), and only faces that are: who deletes a face deletes the size of its sources with it. A
 * source that was deleted since counts for nothing, so that the figure is rather too low than too high. It is negative
 * for a face whose persona takes more than its few sources would. Prompt caches, which make either cheaper, are left
 * out: these are tokens, not money.
 */
export async function savedByFace(
  db: DbOrTransaction,
  accountId: string,
  { from, to }: Span,
): Promise<Map<string, SavedTokens>> {
  const answered = await db.$queryRaw<Answered[]>`
    SELECT face_id AS "faceId", coalesce(face_version, 0) AS version, count(*) AS answers,
           coalesce(sum((tokens->>'persona')::int), 0)::bigint AS persona
    FROM traces
    WHERE account_id = ${accountId} AND face_id IS NOT NULL
      AND created_at >= ${from}::timestamptz AND created_at < ${to}::timestamptz
    GROUP BY 1, 2`;
  const sizeOf = await readSizes(db, accountId, answered);
  const saved = new Map<string, SavedTokens>();
  for (const each of answered) {
    const size = sizeOf(each);
    if (size !== null) saved.set(each.faceId, addSaved(saved.get(each.faceId) ?? null, savedIn(each, size)));
  }
  return saved;
}

function savedIn({ answers, persona }: Answered, sourceTokens: number): SavedTokens {
  const whole = Number(answers) * sourceTokens;
  const sent = Number(persona);
  return { answers: Number(answers), whole_tokens: whole, persona_tokens: sent, tokens_saved: whole - sent };
}

/** Both together. */
export function addSaved(one: SavedTokens | null, other: SavedTokens): SavedTokens {
  return {
    answers: (one?.answers ?? 0) + other.answers,
    whole_tokens: (one?.whole_tokens ?? 0) + other.whole_tokens,
    persona_tokens: (one?.persona_tokens ?? 0) + other.persona_tokens,
    tokens_saved: (one?.tokens_saved ?? 0) + other.tokens_saved,
  };
}

/** A composite's formula is stored with the ids of its parts. */
const partsOf = (formula: string): string[] => [...new Set(formula.match(/\bface_[0-9a-z]{26}\b/g))];

/** Reads how large the sources were that these answers rested on; null where nobody can say any more. */
async function readSizes(db: DbOrTransaction, accountId: string, answered: readonly Answered[]) {
  const faces = await db.face.findMany({
    where: { id: { in: [...new Set(answered.map(({ faceId }) => faceId))] }, OR: [{ accountId }, { accountId: null }] },
    select: { id: true, formula: true },
  });
  const formulas = new Map(faces.map(({ id, formula }) => [id, formula]));
  const sizes = await readVersionSizes(db, answered);
  const composed = faces.flatMap(({ formula }) => (formula === null ? [] : partsOf(formula)));
  const parts = await readCompiledSizes(db, composed);
  return ({ faceId, version }: Answered): number | null => {
    const formula = formulas.get(faceId);
    if (formula === undefined) return null;
    if (formula === null) return sizes.get(`${faceId} ${version}`) ?? null;
    return partsOf(formula).reduce((sum, id) => sum + (parts.get(id) ?? 0), 0);
  };
}

/** Tokens of the sources of compiled states, by face and number. */
async function readVersionSizes(db: DbOrTransaction, states: readonly Answered[]): Promise<Map<string, number>> {
  const wanted = JSON.stringify(states.map(({ faceId, version }) => ({ face_id: faceId, number: version })));
  const rows = await db.$queryRaw<{ face_id: string; number: number; tokens: number }[]>`
    SELECT v.face_id, v.number, coalesce(sum(c.tokens), 0)::float8 AS tokens
    FROM jsonb_to_recordset(${wanted}::jsonb) AS w(face_id text, number int)
    JOIN face_versions v ON v.face_id = w.face_id AND v.number = w.number
    LEFT JOIN LATERAL jsonb_to_recordset(v.sources) AS s(document_id text, version int) ON true
    LEFT JOIN chunks c ON c.document_id = s.document_id AND c.version = s.version
    GROUP BY 1, 2`;
  return new Map(rows.map(({ face_id, number, tokens }) => [`${face_id} ${number}`, tokens]));
}

/** Tokens of what is compiled into faces now. */
async function readCompiledSizes(db: DbOrTransaction, faceIds: readonly string[]): Promise<Map<string, number>> {
  if (faceIds.length === 0) return new Map();
  const rows = await db.$queryRaw<{ face_id: string; tokens: number }[]>`
    SELECT d.face_id, sum(c.tokens)::float8 AS tokens
    FROM documents d JOIN chunks c ON c.document_id = d.id AND c.version = d.compiled_version
    WHERE d.face_id = ANY(${[...new Set(faceIds)]}) GROUP BY 1`;
  return new Map(rows.map(({ face_id, tokens }) => [face_id, tokens]));
}
