import { setTimeout as sleep } from "node:timers/promises";
import type { Db, DbOrTransaction } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { newId } from "@/lib/ids";
import { watchCredit } from "./alerts-watch";

/** An answer that is over: what it cost, and the trace that says why it was given. */
export type SettledAnswer = {
  /** also the reference of its usage and of its charge: the same twice is written once */
  traceId: string;
  kind: "chat" | "proxy";
  accountId: string;
  apiKeyId: string | null;
  reservationId: string | null;
  model: string;
  face: { id: string; version: number } | null;
  inputTokens: number;
  outputTokens: number;
  personaTokens: number;
  /** the input by what it was for */
  tokenParts?: Readonly<Record<string, number>> | undefined;
  costMicroUsd: bigint;
  items: unknown;
  timings: unknown;
};

type Waiting = { answer: SettledAnswer; resolve: () => void; reject: (error: unknown) => void };

/** More than this at once makes nobody's turn cheaper. */
const mostAtOnce = 64;

/** While answers end one after the other, those of this time are written together, in milliseconds. */
const lingerMs = 2;
/** A connection that has not answered by then may never do so: the next ones take another. */
const stuckMs = 1_000;

const queues = new WeakMap<Db, { waiting: Waiting[]; isWriting: boolean }>();

/**
 * Writes an answer's usage, charge, key's spending and trace, and ends its reservation, all or nothing.
 *
 * Answers that end while others are being written are written together, in one statement: the database's work for one
 * is most of what an answer costs otherwise.
 *
 * @throws whatever the database throws
 */
export function settleAnswer(db: Db, answer: SettledAnswer): Promise<void> {
  let queue = queues.get(db);
  if (queue === undefined) queues.set(db, (queue = { waiting: [], isWriting: false }));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  queue.waiting.push({ answer, resolve, reject });
  if (!queue.isWriting) void writeAll(db, queue);
  return promise;
}

async function writeAll(db: Db, queue: { waiting: Waiting[]; isWriting: boolean }): Promise<void> {
  queue.isWriting = true;
  // what ends in the same turn goes along
  await new Promise((done) => setImmediate(done));
  while (queue.waiting.length > 0) {
    const writing = writeTogether(db, queue.waiting.splice(0, mostAtOnce));
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([writing, new Promise((done) => (timer = setTimeout(done, stuckMs)))]);
    clearTimeout(timer);
    await sleep(lingerMs);
  }
  queue.isWriting = false;
}

async function writeTogether(db: Db, batch: readonly Waiting[]): Promise<void> {
  try {
    await write(
      db,
      batch.map(({ answer }) => answer),
    );
    for (const { resolve } of batch) resolve();
    const charged = batch.filter(({ answer }) => answer.costMicroUsd > 0n);
    watchCredit(db, new Set(charged.map(({ answer }) => answer.accountId)));
  } catch {
    // one that cannot be written, as when its account is gone, must not keep the others from it
    for (const { answer, resolve, reject } of batch) {
      await transaction(db, (tx) => write(tx, [answer])).then(resolve, reject);
    }
  }
}

/** One statement, so that it needs no transaction around it. */
async function write(db: DbOrTransaction, answers: readonly SettledAnswer[]): Promise<void> {
  const rows = JSON.stringify(answers.map(toRow));
  await db.$executeRaw`
    WITH s AS (
      SELECT * FROM jsonb_to_recordset(${rows}::jsonb) AS s(
        usage_id text, ledger_id text, trace_id text, kind text, account_id text, api_key_id text, reservation_id text,
        face_id text, face_version int, model text, input_tokens int, output_tokens int, cost bigint,
        items jsonb, tokens jsonb, timings jsonb)
    ), first AS (
      INSERT INTO usage_records (id, account_id, api_key_id, face_id, kind, model, input_tokens, output_tokens,
        cost_micro_usd, reference)
      SELECT usage_id, account_id, api_key_id, face_id, kind, model, input_tokens, output_tokens, cost, trace_id FROM s
      ON CONFLICT (kind, reference) DO NOTHING
      RETURNING id
    ), new AS (
      SELECT s.* FROM s JOIN first ON first.id = s.usage_id
    ), released AS (
      DELETE FROM reservations r USING s WHERE r.id = s.reservation_id
    ), charged AS (
      INSERT INTO ledger_entries (id, account_id, kind, amount_micro_usd, reference, note)
      SELECT ledger_id, account_id, 'charge', -cost, trace_id, kind || ' ' || model FROM new WHERE cost > 0
      ON CONFLICT (account_id, kind, reference) DO NOTHING
    ), spent AS (
      UPDATE api_keys k SET spent_micro_usd = k.spent_micro_usd + n.cost
      FROM (SELECT api_key_id, SUM(cost)::bigint AS cost FROM new WHERE cost > 0 GROUP BY api_key_id) n
      WHERE k.id = n.api_key_id
    )
    INSERT INTO traces (id, account_id, face_id, face_version, model, items, tokens, cost_micro_usd, timings)
    SELECT trace_id, account_id, face_id, face_version, model, items, tokens, cost, timings FROM new`;
}

function toRow(answer: SettledAnswer) {
  return {
    usage_id: newId("usage"),
    ledger_id: newId("ledger"),
    trace_id: answer.traceId,
    kind: answer.kind,
    account_id: answer.accountId,
    api_key_id: answer.apiKeyId,
    reservation_id: answer.reservationId,
    face_id: answer.face?.id ?? null,
    face_version: answer.face?.version ?? null,
    model: answer.model,
    input_tokens: answer.inputTokens,
    output_tokens: answer.outputTokens,
    // JSON has no integers of this size
    cost: String(answer.costMicroUsd),
    items: answer.items,
    tokens: {
      persona: answer.personaTokens,
      input: answer.inputTokens,
      output: answer.outputTokens,
      parts: answer.tokenParts,
    },
    timings: answer.timings,
  };
}
