import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testDatabase } from "@/lib/db/testing";
import { ChainCheck } from "./check-chain";
import { checkLedger } from "./check-ledger";
import { refund, reverse, topUp } from "./ledger";
import { ledgerColumns, ledgerHash, type LedgerRow } from "./ledger-hash";
import { creditedUser, keyWithBudget, workOf } from "./ledger-testing";
import { readLedger } from "./read-ledger";
import { extendHold, release, reserve } from "./reservations";
import { settle } from "./usage";

const { db, url } = await testDatabase();
/** Somebody with the database in their hands: its triggers do not run for them. */
const intruder = new Client({ connectionString: url });
let accountId: string;

beforeAll(async () => {
  await intruder.connect();
  await intruder.query("SET session_replication_role = replica");
  accountId = (await creditedUser(db, 10_000n)).actor.accountId;
  const apiKeyId = await keyWithBudget(db, accountId, 10_000n);
  const entry = (reference: string) => ({ accountId, amountMicroUsd: 70n, reference });
  await topUp(db, entry("paid"));
  const hold = () => reserve(db, { accountId, apiKeyId, amountMicroUsd: 500n, expiresInSeconds: 600 });
  await settle(db, workOf(accountId, 300n, { reservationId: await hold(), apiKeyId }));
  await release(db, await hold());
  await reverse(db, entry("disputed"));
  await refund(db, entry("won"));
  await settle(db, workOf(accountId, 40n));
  await extendHold(db, await hold(), 900n);
});
afterAll(() => intruder.end());

const problems = async () => (await checkLedger(db, accountId)).problems;

/** Another value of the same kind, as somebody would write it who gains by it. */
function other(value: string | bigint | null, column: string): string {
  if (typeof value === "bigint") return String(value + 1n);
  if (column === "expires_at" || column === "created_at") return "2020-01-01T00:00:00.000Z";
  return value === null ? "x" : `${value}x`;
}

it("finds nothing wrong where nothing is", async () => {
  const { problems, entries, openHolds, books } = await checkLedger(db, accountId);
  expect({ problems, entries, openHolds }).toEqual({ problems: [], entries: 11, openHolds: 1 });
  expect(books.get("system:revenue")).toBe(340n);
  expect([...books.values()].reduce((sum, each) => sum + each, 0n)).toBe(0n);
});

it("finds a change of any column of any entry, where the table does not refuse it", async () => {
  const rows = await readLedger(db, accountId, {}, 100);
  const count = { found: 0, refused: 0 };
  for (const row of rows) {
    for (const column of ledgerColumns) {
      const write = (value: string | bigint | null, seq: bigint, owner: string) =>
        intruder.query(`UPDATE ledger_entries SET ${column} = $1 WHERE account_id = $2 AND seq = $3`, [
          value,
          owner,
          seq,
        ]);
      const value = other(row[column], column);
      try {
        await write(value, row.seq, accountId);
      } catch {
        count.refused += 1;
        continue;
      }
      expect(await problems(), `${column} of ${row.seq}`).not.toEqual([]);
      const isMoved = column === "account_id";
      await write(row[column], column === "seq" ? BigInt(value) : row.seq, isMoved ? value : accountId);
      count.found += 1;
    }
  }
  expect(count.found + count.refused).toBe(rows.length * ledgerColumns.length);
  expect(count.found).toBeGreaterThan(100);
  expect(await problems()).toEqual([]);
});

it("finds an entry that is gone, put in, or hashed again after a change", async () => {
  const rows = await readLedger(db, accountId, {}, 100);
  const check = (changed: readonly LedgerRow[]) => {
    const chain = new ChainCheck(accountId);
    for (const row of changed) chain.add(row);
    return chain.problems.length;
  };
  expect(check(rows)).toBe(0);
  // the first may be missing in a statement of a part of the time, and the last may not have been written yet
  for (let n = 1; n < rows.length - 1; n += 1) expect(check(rows.toSpliced(n, 1))).toBeGreaterThan(0);
  for (let n = 0; n < rows.length - 1; n += 1) {
    const row = rows[n];
    if (row === undefined) continue;
    expect(check(rows.toSpliced(n, 0, row))).toBeGreaterThan(0);
    const changed = { ...row, note: "another" };
    expect(check(rows.with(n, { ...changed, hash: ledgerHash(changed) }))).toBeGreaterThan(0);
  }
});

it("finds usage without a charge, a charge without usage, what is held and not reserved, and a key's false spending", async () => {
  const attempts: [change: string, undo: string][] = [
    [
      `UPDATE usage_records SET cost_micro_usd = cost_micro_usd + 1`,
      `UPDATE usage_records SET cost_micro_usd = cost_micro_usd - 1`,
    ],
    [
      `UPDATE usage_records SET reference = reference || 'x'`,
      `UPDATE usage_records SET reference = left(reference, -1)`,
    ],
    [
      `UPDATE reservations SET amount_micro_usd = amount_micro_usd + 1`,
      `UPDATE reservations SET amount_micro_usd = amount_micro_usd - 1`,
    ],
    [
      `UPDATE reservations SET expires_at = expires_at + interval '1 s'`,
      `UPDATE reservations SET expires_at = expires_at - interval '1 s'`,
    ],
    [
      `UPDATE api_keys SET spent_micro_usd = spent_micro_usd + 1`,
      `UPDATE api_keys SET spent_micro_usd = spent_micro_usd - 1`,
    ],
  ];
  for (const [change, undo] of attempts) {
    await intruder.query(change);
    expect(await problems(), change).not.toEqual([]);
    await intruder.query(undo);
    expect(await problems()).toEqual([]);
  }
  await intruder.query("DELETE FROM reservations");
  expect(await problems()).toHaveLength(1);
});

it("lets nobody change or remove an entry, but for the account that goes with all it has", async () => {
  const { accountId: id } = (await creditedUser(db, 10n)).actor;
  await expect(db.ledgerEntry.updateMany({ where: { accountId: id }, data: { note: "x" } })).rejects.toThrow(
    /append-only/,
  );
  await expect(db.ledgerEntry.deleteMany({ where: { accountId: id } })).rejects.toThrow(/append-only/);
  await db.account.delete({ where: { id } });
  expect(await db.ledgerEntry.count({ where: { accountId: id } })).toBe(0);
});
