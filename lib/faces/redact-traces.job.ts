import { z } from "zod";
import type { DbOrTransaction } from "@/lib/db/client";
import { defineJob } from "@/lib/jobs/define-job";

const hourMs = 60 * 60 * 1000;

/**
 * Takes what came from deleted texts out of the traces of an account's answers: words, statement and place. That
 * something was there, and how well it fitted, stays. Responses that were kept and given from these texts are deleted,
 * since they may quote them anywhere, and the words leave the answers of conversations, with those of the answers that
 * went on from there. Safe to run twice.
 *
 * It runs at once, and again an hour later: an answer that was under way when the text was deleted has its trace by then.
 */
export const redactTraces = defineJob({
  name: "faces.redact_traces",
  payload: z.object({
    accountId: z.string(),
    documentIds: z.array(z.string()),
    isSecondLook: z.boolean().default(false),
  }),
  maxAttempts: 10,
  leaseSeconds: 120,
  key: ({ documentIds, isSecondLook }) => `${documentIds[0] ?? ""}${isSecondLook ? "+" : ""}`,

  async run({ accountId, documentIds, isSecondLook }, job) {
    await redact(job.db, accountId, documentIds);
    await job.db.storedResponse.deleteMany({ where: { accountId, documentIds: { hasSome: documentIds } } });
    await redactAnswers(job.db, accountId, documentIds);
    await job.finish(async (tx) => {
      if (isSecondLook) return true;
      const later = { accountId, documentIds, isSecondLook: true };
      await redactTraces.enqueue(tx, later, { runAt: new Date(Date.now() + hourMs) });
      return true;
    });
  },
});

async function redact(db: DbOrTransaction, accountId: string, documentIds: readonly string[]): Promise<void> {
  await db.$executeRaw`
    UPDATE traces t SET items = (
      SELECT jsonb_agg(
        CASE WHEN jsonb_path_exists(item, '$.provenance[*] ? (@.document_id == $ids[*])', vars)
          THEN jsonb_build_object('kind', item->'kind', 'id', item->'id', 'part', item->'part', 'score', item->'score',
            'tokens', item->'tokens', 'text', '', 'provenance', '[]'::jsonb, 'is_removed', true)
          ELSE item END ORDER BY place)
      FROM jsonb_array_elements(t.items) WITH ORDINALITY AS entry(item, place))
    FROM (SELECT jsonb_build_object('ids', ${JSON.stringify(documentIds)}::jsonb) AS vars) AS given
    WHERE account_id = ${accountId}
      AND jsonb_path_exists(t.items, '$[*].provenance[*] ? (@.document_id == $ids[*])', vars)`;
}

/**
 * Empties the answers that were given from these texts, and every answer behind one of them. A trace says so by what it
 * has lost; what is needed of one that was swept stands at its answer.
 */
async function redactAnswers(db: DbOrTransaction, accountId: string, documentIds: readonly string[]): Promise<void> {
  await db.$executeRaw`
    WITH RECURSIVE told AS (
      SELECT m.id, m.conversation_id FROM conversation_messages m
      JOIN conversations c ON c.id = m.conversation_id AND c.account_id = ${accountId}
      LEFT JOIN traces t ON t.id = m.trace_id AND t.account_id = ${accountId}
      WHERE m.role = 'assistant' AND (m.document_ids && ${[...documentIds]}::text[]
        OR jsonb_path_exists(t.items, '$[*] ? (@.is_removed == true)'))
      UNION
      SELECT m.id, m.conversation_id FROM conversation_messages m
      JOIN told ON m.parent_id = told.id AND m.conversation_id = told.conversation_id)
    UPDATE conversation_messages m SET content = '', status = 'removed', error = NULL
    FROM told WHERE m.id = told.id AND m.role = 'assistant' AND m.status <> 'removed'`;
}
