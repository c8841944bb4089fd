import type { DbOrTransaction, Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { accountFrozen, readBalance } from "./ledger";
import { usdFromMicroUsd } from "./money";

type Hold = {
  accountId: string;
  /** the key whose budget must hold too */
  apiKeyId: string | null;
  /** the most that the work may cost */
  amountMicroUsd: bigint;
  /** longer than the work can last: after it the money is free again */
  expiresInSeconds: number;
};

/**
 * Holds money for work that is about to start.
 *
 * Requests of one account take turns at its row, and the sums are read after the turn was got: however many race,
 * what is held and what was charged never pass the balance or the key's budget.
 *
 * @returns the reservation's id, to settle or release
 * @throws {AppError} `account_frozen`, `insufficient_credits`, `budget_exceeded`
 */
export function reserve(db: DbOrTransaction, hold: Hold): Promise<string> {
  return transaction(db, async (tx) => {
    // NO KEY: rows that only refer to the account (settlements) need not wait for this
    const [account] = await tx.$queryRaw<{ is_frozen: boolean }[]>`
      SELECT is_frozen FROM accounts WHERE id = ${hold.accountId} FOR NO KEY UPDATE`;
    if (account?.is_frozen) throw accountFrozen();
    // a statement of its own: under READ COMMITTED only then does it see what others did before the lock was ours
    const id = newId("reservation");
    for (;;) {
      if (await insertIfCovered(tx, id, hold)) return id;
      const problem = await whyNot(tx, hold);
      if (problem !== null) throw problem;
      // what others held came free in between, and covers it
    }
  });
}

async function insertIfCovered(tx: Transaction, id: string, hold: Hold): Promise<boolean> {
  const { accountId, apiKeyId, amountMicroUsd } = hold;
  const expiresAt = new Date(Date.now() + hold.expiresInSeconds * 1000);
  const inserted = await tx.$executeRaw`
    INSERT INTO reservations (id, account_id, api_key_id, amount_micro_usd, expires_at)
    SELECT ${id}, ${accountId}, ${apiKeyId}, ${amountMicroUsd}::bigint, ${expiresAt}::timestamptz
    WHERE ${amountMicroUsd}::bigint
        <= (SELECT COALESCE(SUM(amount_micro_usd), 0) FROM ledger_entries WHERE account_id = ${accountId})
         - (SELECT COALESCE(SUM(amount_micro_usd), 0) FROM reservations
             WHERE account_id = ${accountId} AND expires_at > now())
      AND NOT EXISTS (SELECT 1 FROM api_keys k WHERE ${overBudget(apiKeyId, amountMicroUsd)})`;
  return inserted === 1;
}

/** Null when it would be covered now: settlements and releases take no turn at the account. */
async function whyNot(tx: Transaction, { accountId, apiKeyId, amountMicroUsd }: Hold): Promise<AppError | null> {
  const { availableMicroUsd } = await readBalance(tx, accountId);
  const needed = usd(amountMicroUsd);
  if (availableMicroUsd < amountMicroUsd) {
    return new AppError(
      "insufficient_credits",
      `This request may cost ${needed} and ${usd(availableMicroUsd)} of credit is available. Add credit, or ask for fewer tokens.`,
    );
  }
  const over = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM api_keys k WHERE ${overBudget(apiKeyId, amountMicroUsd)}`;
  if (over.length === 0) return null;
  return new AppError("budget_exceeded", `This API key's budget does not cover the ${needed} this request may cost.`);
}

/** Whether `k` of `api_keys` is that key, and its budget does not cover so much more. */
function overBudget(apiKeyId: string | null, amountMicroUsd: bigint): Prisma.Sql {
  return Prisma.sql`k.id = ${apiKeyId} AND k.budget_micro_usd < k.spent_micro_usd + ${amountMicroUsd}::bigint
    + (SELECT COALESCE(SUM(amount_micro_usd), 0) FROM reservations WHERE api_key_id = k.id AND expires_at > now())`;
}

function usd(microUsd: bigint): string {
  return `$${usdFromMicroUsd(microUsd).toFixed(6)}`;
}

/**
 * Holds more for work that turns out to cost more than was thought, by the same rules.
 *
 * @param amountMicroUsd what shall be held in all
 * @returns false when it is not covered, or nothing is held any more
 */
export function extendHold(db: DbOrTransaction, id: string, amountMicroUsd: bigint): Promise<boolean> {
  return transaction(db, async (tx) => {
    const held = await tx.reservation.findUnique({ where: { id } });
    if (held === null) return false;
    const { accountId, apiKeyId, expiresAt } = held;
    await tx.$queryRaw`SELECT id FROM accounts WHERE id = ${accountId} FOR NO KEY UPDATE`;
    // it is given up and held anew, so that its own money counts as available
    await release(tx, id);
    const hold = { accountId, apiKeyId, expiresInSeconds: (expiresAt.getTime() - Date.now()) / 1000 };
    if (await insertIfCovered(tx, id, { ...hold, amountMicroUsd })) return true;
    await tx.reservation.create({ data: held });
    return false;
  });
}

/** Gives held money back. @returns false when it was settled, released or swept before */
export async function release(db: DbOrTransaction, id: string): Promise<boolean> {
  const { count } = await db.reservation.deleteMany({ where: { id } });
  return count === 1;
}

/** Removes what the requests of dead processes left held. @returns how many there were */
export async function sweepReservations(db: DbOrTransaction): Promise<number> {
  const { count } = await db.reservation.deleteMany({ where: { expiresAt: { lt: new Date() } } });
  return count;
}
