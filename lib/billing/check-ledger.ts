import type { Db, Transaction } from "@/lib/db/client";
import { ChainCheck, type Problem } from "./check-chain";
import { allEntries } from "./read-ledger";

export type LedgerReport = {
  accounts: number;
  entries: number;
  openHolds: number;
  /** what each book has, in micro-USD; the accounts' own added up as `accounts` */
  books: Map<string, bigint>;
  problems: Problem[];
};

const longestMs = 30 * 60_000;

/**
 * Adds and hashes the ledger again, of one account or of all, and compares it with the open reservations, the usage
 * records and what the keys have spent. All is read as it was at one moment.
 *
 * What it cannot see: the newest entries of an account cut off together with all that belongs to them. A statement that
 * somebody kept shows that.
 */
export function checkLedger(db: Db, accountId?: string): Promise<LedgerReport> {
  return db.$transaction((tx) => check(tx, accountId), { isolationLevel: "RepeatableRead", timeout: longestMs });
}

async function check(tx: Transaction, only?: string): Promise<LedgerReport> {
  const where = only === undefined ? {} : { id: only };
  const accounts = await tx.account.findMany({ where, select: { id: true }, orderBy: { id: "asc" } });
  const report: LedgerReport = {
    accounts: accounts.length,
    entries: 0,
    openHolds: 0,
    books: new Map(),
    problems: [],
  };
  for (const { id } of accounts) {
    const chain = await checkAccount(tx, id);
    report.entries += chain.entries;
    report.openHolds += chain.openHolds.size;
    report.problems.push(...chain.problems, ...(await compareUsage(tx, id)), ...(await compareKeys(tx, id)));
    for (const [book, amount] of chain.books) {
      const name = book === id ? "accounts" : book;
      report.books.set(name, (report.books.get(name) ?? 0n) + amount);
    }
  }
  return report;
}

async function checkAccount(tx: Transaction, accountId: string): Promise<ChainCheck> {
  const chain = new ChainCheck(accountId);
  for await (const rows of allEntries(tx, accountId)) for (const row of rows) chain.add(row);
  const tell = (what: string) => chain.problems.push({ accountId, seq: null, what });
  if (!chain.isWhole) tell("its first entry is missing");
  const open = await tx.reservation.findMany({ where: { accountId } });
  const unseen = new Set(chain.openHolds.keys());
  for (const { id, amountMicroUsd, apiKeyId, expiresAt } of open) {
    const hold = chain.openHolds.get(id);
    unseen.delete(id);
    if (hold === undefined) tell(`the reservation ${id} is not held in the ledger`);
    else if (hold.amountMicroUsd !== amountMicroUsd || hold.apiKeyId !== apiKeyId) {
      tell(`the reservation ${id} is of ${amountMicroUsd} for ${apiKeyId ?? "no key"}, the ledger says otherwise`);
    } else if (hold.expiresAt !== expiresAt.toISOString()) tell(`the reservation ${id} ends at another time`);
  }
  for (const id of unseen) tell(`the hold ${id} is open and not reserved`);
  const sum = [...chain.openHolds.values()].reduce((held, { amountMicroUsd }) => held + amountMicroUsd, 0n);
  if (sum !== chain.heldMicroUsd) tell(`holds ${chain.heldMicroUsd}, its open holds are ${sum}`);
  return chain;
}

/** Every charge is of one usage record and every record that cost something has its charge. */
async function compareUsage(tx: Transaction, accountId: string): Promise<Problem[]> {
  const rows = await tx.$queryRaw<{ reference: string; charged: bigint | null; used: bigint | null }[]>`
    SELECT reference, c.amount AS charged, u.cost AS used
    FROM (SELECT reference, amount_micro_usd AS amount FROM ledger_entries
      WHERE account_id = ${accountId} AND kind = 'charge') c
    FULL JOIN (SELECT reference, SUM(cost_micro_usd)::bigint AS cost FROM usage_records
      WHERE account_id = ${accountId} AND cost_micro_usd > 0 GROUP BY reference) u USING (reference)
    WHERE c.amount IS DISTINCT FROM u.cost ORDER BY reference`;
  return rows.map(({ reference, charged, used }) => ({
    accountId,
    seq: null,
    what: `${reference} is charged with ${charged ?? "nothing"} and used ${used ?? "nothing that is recorded"}`,
  }));
}

/** A key's spending may be set back by its owner, so it is at most what was used in its name. */
async function compareKeys(tx: Transaction, accountId: string): Promise<Problem[]> {
  const rows = await tx.$queryRaw<{ id: string; spent: bigint; used: bigint }[]>`
    SELECT k.id, k.spent_micro_usd AS spent, COALESCE(SUM(u.cost_micro_usd), 0)::bigint AS used
    FROM api_keys k LEFT JOIN usage_records u ON u.account_id = k.account_id AND u.api_key_id = k.id
    WHERE k.account_id = ${accountId} GROUP BY k.id HAVING k.spent_micro_usd > COALESCE(SUM(u.cost_micro_usd), 0)`;
  return rows.map(({ id, spent, used }) => ({
    accountId,
    seq: null,
    what: `the key ${id} has spent ${spent}, ${used} was used in its name`,
  }));
}
