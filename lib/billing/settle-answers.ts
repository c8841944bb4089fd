import { setTimeout as sleep } from "node:timers/promises";
import type { Db, DbOrTransaction } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { watchCredit } from "./alerts-watch";
import { toRow } from "./usage";

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
  const rows = JSON.stringify(answers.map(toAnswerRow));
  await db.$executeRaw`
    WITH settled AS MATERIALIZED (
      SELECT settled_id FROM ledger_settle(${rows}::jsonb)
    )
    INSERT INTO traces (id, account_id, face_id, face_version, model, items, tokens, cost_micro_usd, timings)
    SELECT s.reference, s.account_id, s.face_id, s.face_version, s.model, s.items, s.tokens, s.cost, s.timings
    FROM jsonb_to_recordset(${rows}::jsonb) AS s(
      usage_id text, reference text, account_id text, face_id text, face_version int, model text, items jsonb,
      tokens jsonb, cost bigint, timings jsonb)
    JOIN settled ON settled_id = s.usage_id`;
}

function toAnswerRow(answer: SettledAnswer) {
  const { traceId, face, personaTokens, tokenParts, items, timings, ...work } = answer;
  return {
    ...toRow({ ...work, reference: traceId, faceId: face?.id ?? null }),
    face_version: face?.version ?? null,
    items,
    tokens: { persona: personaTokens, input: work.inputTokens, output: work.outputTokens, parts: tokenParts },
    timings,
  };
}
