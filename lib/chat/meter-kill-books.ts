import type { Db } from "@/lib/db/client";
import { listNotes, readNote } from "./meter-notes";
import { resolveModel } from "@/lib/models/catalogue";
import type { Told, Victim } from "./meter-kill-child";
import { killedInput, pieceTokens, topUpMicroUsd } from "@/lib/billing/kill-work";
import { readBalance } from "@/lib/billing/ledger";
import { costMicroUsd } from "@/lib/billing/prices";

/** What was delivered since the last note, which nobody pays for. */
export type Unpaid = { pieces: number; longestMs: number };

export type Wrong = { lost: string[]; double: string[]; reserved: string[] };

/** Output tokens by trace that a dead process had noted on disk. */
export async function notedTokens(): Promise<Map<string, number>> {
  const notes = await Promise.all((await listNotes()).map(readNote));
  return new Map(notes.flatMap((note) => (note ? [[note.settlement.traceId, note.settlement.outputTokens]] : [])));
}

/**
 * Compares what a killed process said it did with what the account was charged.
 *
 * @param noted what it had noted when it died
 */
export async function judge(
  db: Db,
  accountId: string,
  { calls }: Victim,
  noted: ReadonlyMap<string, number>,
  wrong: Wrong,
): Promise<Unpaid> {
  const usage = await db.usageRecord.findMany({ where: { accountId } });
  const entries = await db.ledgerEntry.findMany({ where: { accountId } });
  const all = [...calls.values()];
  judgeCompiling(await storedPieces(db, accountId), all, usage, wrong);
  const paid = entries.filter(({ kind }) => kind === "topup").map(({ reference }) => reference);
  for (const { name } of all.filter((call) => call.name.startsWith("topup:"))) {
    const times = paid.filter((reference) => reference === name).length;
    if (times === 0) wrong.lost.push(`${name} was paid and is not there`);
    if (times > 1) wrong.double.push(`${name} came ${times} times`);
  }
  const unpaid: Unpaid = { pieces: 0, longestMs: 0 };
  const known = new Set(all.flatMap(({ traceId, name }) => [traceId, name]));
  for (const call of all.filter(({ traceId }) => traceId !== null)) {
    const since = call.delivered.slice(judgeCall(call, usage, noted, wrong));
    unpaid.pieces += since.length;
    unpaid.longestMs = Math.max(unpaid.longestMs, (since.at(-1) ?? 0) - (since[0] ?? 0));
  }
  const charged = entries.filter(({ kind }) => kind === "charge").map(({ reference }) => reference);
  charged.forEach((reference, at) => {
    if (!known.has(reference)) wrong.double.push(`${reference} was charged and never asked for`);
    if (charged.indexOf(reference) !== at) wrong.double.push(`${reference} was charged twice`);
  });
  const credit = entries.filter(({ kind }) => kind === "grant").reduce((sum, one) => sum + one.amountMicroUsd, 0n);
  const cost = usage.reduce((sum, one) => sum + one.costMicroUsd, 0n);
  const { balanceMicroUsd } = await readBalance(db, accountId);
  const expected = credit + topUpMicroUsd * BigInt(paid.length) - cost;
  if (balanceMicroUsd < expected) wrong.double.push(`the balance is ${expected - balanceMicroUsd} too low`);
  if (balanceMicroUsd > expected) wrong.lost.push(`the balance is ${balanceMicroUsd - expected} too high`);
  for (const { id } of await db.reservation.findMany({ where: { accountId } })) wrong.reserved.push(id);
  if (entries.reduce((sum, entry) => sum + entry.heldChangeMicroUsd, 0n) !== 0n) wrong.reserved.push(accountId);
  return unpaid;
}

type Usage = { kind: string; reference: string; outputTokens: number; quotaTokens: number; costMicroUsd: bigint };

/** @returns how many of its pieces are charged */
function judgeCall(call: Told, usage: Usage[], noted: ReadonlyMap<string, number>, wrong: Wrong): number {
  const { traceId, isSettled } = call;
  const delivered = call.delivered.length;
  const name = `${traceId} (${call.phase})`;
  const records = usage.filter(({ reference }) => reference === traceId);
  const [record] = records;
  const charged = record?.outputTokens ?? 0;
  const price = costMicroUsd(resolveModel("gpt-4o-mini").price, { input: killedInput, output: charged });
  if (records.length > 1) wrong.double.push(`${name} has ${records.length} records`);
  if (charged > delivered) wrong.double.push(`${name}: ${charged} pieces are charged, ${delivered} were delivered`);
  if (record !== undefined && (delivered === 0 || record.costMicroUsd !== price))
    wrong.double.push(`${name}: ${record.costMicroUsd} for ${delivered} pieces`);
  const due = isSettled ? delivered : traceId === null ? 0 : (noted.get(traceId) ?? 0);
  if (charged < due) wrong.lost.push(`${name}: ${charged} pieces are charged, ${due} were noted or settled`);
  return charged;
}

/** A piece is stored and charged, or neither; and once its job has run again, it is. */
function judgeCompiling(stored: ReadonlySet<string>, all: Told[], usage: Usage[], wrong: Wrong): void {
  const compiled = usage.filter(({ kind }) => kind === "compile");
  for (const { name } of all.filter((call) => call.name.startsWith("compile:"))) {
    const records = compiled.filter(({ reference }) => reference === name);
    if (!stored.has(name)) wrong.lost.push(`${name} is not stored`);
    if (records.length === 0) wrong.lost.push(`${name} is not charged`);
    if (records.length > 1) wrong.double.push(`${name} has ${records.length} records`);
    for (const { quotaTokens, costMicroUsd: cost } of records) {
      if (cost < BigInt(2 * (pieceTokens - quotaTokens))) wrong.lost.push(`${name} costs ${cost}`);
      if (cost > BigInt(2 * (pieceTokens - quotaTokens))) wrong.double.push(`${name} costs ${cost}`);
    }
  }
  for (const { reference } of compiled) if (!stored.has(reference)) wrong.double.push(`${reference} is not stored`);
}

/** The pieces that were stored. */
export async function storedPieces(db: Db, accountId: string): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ reference: string }[]>`
    SELECT reference FROM kill_pieces WHERE account_id = ${accountId}`;
  return new Set(rows.map(({ reference }) => reference));
}
