import type { DbOrTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";

type Entry = {
  accountId: string;
  /** above zero */
  amountMicroUsd: bigint;
  /** what it is for: the same kind and reference twice is one entry */
  reference: string;
  note?: string;
};

export type Balance = {
  balanceMicroUsd: bigint;
  /** held by requests that are under way */
  reservedMicroUsd: bigint;
  availableMicroUsd: bigint;
  isFrozen: boolean;
};

/** Adds credit to an account. @returns false when this reference was granted before */
export function grant(db: DbOrTransaction, entry: Entry): Promise<boolean> {
  return append(db, "grant", entry, entry.amountMicroUsd);
}

/** Takes a charge from an account. @returns false when this reference was charged before */
export function charge(db: DbOrTransaction, entry: Entry): Promise<boolean> {
  return append(db, "charge", entry, -entry.amountMicroUsd);
}

/** What an account has and what is held of it. The balance is the sum of its entries: it is stored nowhere. */
export async function readBalance(db: DbOrTransaction, accountId: string): Promise<Balance> {
  const [row] = await db.$queryRaw<{ balance: bigint; reserved: bigint; frozen: boolean }[]>`
    SELECT
      (SELECT COALESCE(SUM(amount_micro_usd), 0)::bigint FROM ledger_entries WHERE account_id = a.id) AS balance,
      (SELECT COALESCE(SUM(amount_micro_usd), 0)::bigint FROM reservations
        WHERE account_id = a.id AND expires_at > now()) AS reserved,
      a.is_frozen AS frozen
    FROM accounts a WHERE a.id = ${accountId}`;
  const balanceMicroUsd = row?.balance ?? 0n;
  const reservedMicroUsd = row?.reserved ?? 0n;
  return {
    balanceMicroUsd,
    reservedMicroUsd,
    availableMicroUsd: balanceMicroUsd - reservedMicroUsd,
    isFrozen: row?.frozen ?? false,
  };
}

/** The error of a billed request whose account is frozen. */
export function accountFrozen(): AppError {
  return new AppError("account_frozen", "This account is frozen: nothing that costs money runs until it is settled.");
}

async function append(db: DbOrTransaction, kind: "grant" | "charge", entry: Entry, amount: bigint): Promise<boolean> {
  if (entry.amountMicroUsd <= 0n) throw new RangeError(`A ${kind} must be above zero.`);
  const { count } = await db.ledgerEntry.createMany({
    data: [
      {
        id: newId("ledger"),
        accountId: entry.accountId,
        kind,
        amountMicroUsd: amount,
        reference: entry.reference,
        note: entry.note ?? null,
      },
    ],
    skipDuplicates: true,
  });
  return count === 1;
}
