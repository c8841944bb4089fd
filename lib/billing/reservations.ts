import type { DbOrTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { accountFrozen } from "./ledger";
import { mostMicroUsd, requireAmount, usdText } from "./money";

type Hold = {
  accountId: string;
  /** the key whose budget must hold too */
  apiKeyId: string | null;
  /** the most that the work may cost */
  amountMicroUsd: bigint;
  /** longer than the work can last: after it the money is free again */
  expiresInSeconds: number;
};

type Outcome = "held" | "no_account" | "account_frozen" | "insufficient_credits" | "budget_exceeded";

/**
 * Holds money for work that is about to start: the one place where metered work begins, in one round trip.
 *
 * Entries of one account are written one after the other, and its last one is read when the turn was got: however many
 * race, what is held and what was charged never pass the balance or the key's budget.
 *
 * @returns the reservation's id, to settle or release
 * @throws {AppError} `account_frozen`, `insufficient_credits`, `budget_exceeded`
 */
export async function reserve(db: DbOrTransaction, hold: Hold): Promise<string> {
  const id = newId("reservation");
  const { accountId, apiKeyId, expiresInSeconds } = hold;
  // what a request asks for may cost any sum: nobody has more than the most that moves
  const amount = hold.amountMicroUsd > mostMicroUsd ? mostMicroUsd + 1n : requireAmount(hold.amountMicroUsd);
  const [row] = await db.$queryRaw<{ outcome: Outcome; available: bigint }[]>`
    SELECT outcome, available
    FROM ledger_hold(${id}, ${accountId}, ${apiKeyId}::text, ${amount}::bigint, ${expiresInSeconds}::float8)`;
  if (row?.outcome === "held") return id;
  if (row?.outcome === "account_frozen") throw accountFrozen();
  const needed = usdText(hold.amountMicroUsd);
  if (row?.outcome === "budget_exceeded") {
    throw new AppError("budget_exceeded", `This API key's budget does not cover the ${needed} this request may cost.`);
  }
  throw new AppError(
    "insufficient_credits",
    `This request may cost ${needed} and ${usdText(row?.available ?? 0n)} of credit is available. Add credit, or ask for fewer tokens.`,
  );
}

/**
 * Holds more for work that turns out to cost more than was thought, by the same rules.
 *
 * @param amountMicroUsd what shall be held in all
 * @returns false when it is not covered, or nothing is held any more
 */
export async function extendHold(db: DbOrTransaction, id: string, amountMicroUsd: bigint): Promise<boolean> {
  const [row] = await db.$queryRaw<{ is_held: boolean }[]>`
    SELECT ledger_extend(${id}, ${requireAmount(amountMicroUsd)}::bigint, NULL) AS is_held`;
  return row?.is_held ?? false;
}

/** Says that work goes on, so that its money is held for so long from now. @returns false when it is held no more */
export async function prolongReservation(db: DbOrTransaction, id: string, seconds: number): Promise<boolean> {
  const [row] = await db.$queryRaw<{ is_held: boolean }[]>`
    SELECT ledger_extend(${id}, NULL, ${seconds}::float8) AS is_held`;
  return row?.is_held ?? false;
}

/** Gives held money back. @returns false when it was settled, released or swept before */
export async function release(db: DbOrTransaction, id: string): Promise<boolean> {
  const [row] = await db.$queryRaw<{ is_released: boolean }[]>`SELECT ledger_release(${id}) AS is_released`;
  return row?.is_released ?? false;
}

/** Gives back what the requests of dead processes left held. @returns how many there were */
export async function sweepReservations(db: DbOrTransaction): Promise<number> {
  const [row] = await db.$queryRaw<{ swept: bigint }[]>`SELECT ledger_sweep() AS swept`;
  return Number(row?.swept ?? 0n);
}
