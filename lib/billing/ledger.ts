import type { DbOrTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { requireAmount } from "./money";

type Entry = {
  accountId: string;
  /** above zero */
  amountMicroUsd: bigint;
  /** what it is for: the same kind and reference twice is one entry */
  reference: string;
  note?: string;
};

/**
 * What an entry is. Money moves from one book to another: an account's book has its id, the installation's are
 * `system:grants`, `system:payments`, `system:revenue` and `system:refunds`.
 */
export const entryKinds = ["grant", "topup", "refund", "charge", "reversal", "hold", "release"] as const;
export type EntryKind = (typeof entryKinds)[number];

export type Balance = {
  balanceMicroUsd: bigint;
  /** held by requests that are under way */
  reservedMicroUsd: bigint;
  availableMicroUsd: bigint;
  isFrozen: boolean;
};

/** Adds credit that somebody gave. @returns false when this reference was granted before */
export function grant(db: DbOrTransaction, entry: Entry): Promise<boolean> {
  return post(db, "grant", entry);
}

/** Adds credit that was paid for. @returns false when this reference was paid before */
export function topUp(db: DbOrTransaction, entry: Entry): Promise<boolean> {
  return post(db, "topup", entry);
}

/** Gives credit back: of a charge, or of a reversal that came to nothing. @returns false when done before */
export function refund(db: DbOrTransaction, entry: Entry): Promise<boolean> {
  return post(db, "refund", entry);
}

/** Takes back credit whose payment was taken back, also below zero. @returns false when done before */
export function reverse(db: DbOrTransaction, entry: Entry): Promise<boolean> {
  return post(db, "reversal", entry);
}

/**
 * Takes a charge that no usage record tells of; metered work is charged by `settle` in usage.ts.
 *
 * @returns false when this reference was charged before
 */
export function charge(db: DbOrTransaction, entry: Entry): Promise<boolean> {
  return post(db, "charge", entry);
}

/** What an account has and what is held of it, as its last entry says; a hold whose time is up counts no more. */
export async function readBalance(db: DbOrTransaction, accountId: string): Promise<Balance> {
  const [row] = await db.$queryRaw<{ balance: bigint; held: bigint; frozen: boolean }[]>`
    SELECT COALESCE(e.balance_after_micro_usd, 0) AS balance, a.is_frozen AS frozen,
      COALESCE(e.held_after_micro_usd, 0) - (SELECT COALESCE(SUM(amount_micro_usd), 0)::bigint FROM reservations
        WHERE account_id = a.id AND expires_at <= now()) AS held
    FROM accounts a LEFT JOIN LATERAL (
      SELECT balance_after_micro_usd, held_after_micro_usd FROM ledger_entries
      WHERE account_id = a.id ORDER BY seq DESC LIMIT 1) e ON true
    WHERE a.id = ${accountId}`;
  const { balance: balanceMicroUsd, held: reservedMicroUsd, frozen: isFrozen } = row ?? none;
  return { balanceMicroUsd, reservedMicroUsd, availableMicroUsd: balanceMicroUsd - reservedMicroUsd, isFrozen };
}

const none = { balance: 0n, held: 0n, frozen: false };

/** The error of a billed request whose account is frozen. */
export function accountFrozen(): AppError {
  return new AppError("account_frozen", "This account is frozen: nothing that costs money runs until it is settled.");
}

async function post(db: DbOrTransaction, kind: EntryKind, entry: Entry): Promise<boolean> {
  const amount = requireAmount(entry.amountMicroUsd);
  if (amount === 0n) throw new RangeError(`A ${kind} must be above zero.`);
  const { accountId, reference, note = null } = entry;
  const [row] = await db.$queryRaw<{ is_new: boolean }[]>`
    SELECT ledger_post(${accountId}, ${kind}, ${amount}::bigint, ${reference}, ${note}::text) AS is_new`;
  return row?.is_new ?? false;
}
