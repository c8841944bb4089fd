import type { DbOrTransaction, Transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { alertLowCredit } from "./alerts";
import { readBalance } from "./ledger";
import { usdText } from "./money";
import { withMarkup } from "./prices";
import { prolongReservation, reserve } from "./reservations";
import { settle } from "./usage";

/** Who pays for portraits: always with credit, never with the compile quota. */
export type PortraitPayer = { accountId: string; apiKeyId: string | null };

const picoUsdPerMicroUsd = 1_000_000n;

/** Money held for an order is free again this long after its last sign of life. */
const holdSeconds = 3_600;

/** What an order costs the account, in micro-USD, rounded up: what the engine takes, plus the markup. */
export function portraitCost(engineMicroUsd: bigint, markupPercent: number = env().MARKUP_PERCENT): bigint {
  return withMarkup(engineMicroUsd * picoUsdPerMicroUsd, markupPercent);
}

/**
 * Holds what an order will cost; nothing when it is free.
 *
 * @returns the reservation's id
 * @throws {AppError} `insufficient_credits`, `budget_exceeded`, `account_frozen`
 */
export async function holdPortraits(
  db: DbOrTransaction,
  payer: PortraitPayer,
  costMicroUsd: bigint,
): Promise<string | null> {
  if (costMicroUsd === 0n) return null;
  const { accountId, apiKeyId } = payer;
  try {
    return await reserve(db, { accountId, apiKeyId, amountMicroUsd: costMicroUsd, expiresInSeconds: holdSeconds });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "insufficient_credits") throw error;
    const { availableMicroUsd } = await readBalance(db, accountId);
    const sentence = `These portraits cost up to ${usdText(costMicroUsd)} and ${usdText(availableMicroUsd)} of credit is available. Add credit, order fewer images, or use an engine that is free.`;
    throw new AppError("insufficient_credits", sentence, { cause: error });
  }
}

/** Says that the work goes on. @returns false when the money is not held any more */
export function prolongPortraits(db: DbOrTransaction, reservationId: string): Promise<boolean> {
  return prolongReservation(db, reservationId, holdSeconds);
}

/** Charges an order once, however often it is called with the same number; also one that is free is counted. */
export async function settlePortraits(
  tx: Transaction,
  work: PortraitPayer & {
    promptId: number;
    faceId: string | null;
    /** the engine */
    model: string;
    costMicroUsd: bigint;
    reservationId: string | null;
  },
): Promise<boolean> {
  const { promptId, ...rest } = work;
  const reference = `portrait:${promptId}`;
  const isNew = await settle(tx, { ...rest, kind: "portrait", reference, inputTokens: 0, outputTokens: 0 });
  if (isNew && work.costMicroUsd > 0n) await alertLowCredit(tx, work.accountId);
  return isNew;
}
