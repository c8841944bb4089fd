import type { DbOrTransaction, Transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { alertLowCredit } from "./alerts";
import { withMarkup } from "./prices";
import { prolongReservation, reserve } from "./reservations";
import { settle } from "./usage";

/** Who pays for a transcription: always with credit, never with the compile quota. */
export type TranscriptionPayer = { accountId: string; apiKeyId: string | null };

const picoUsdPerUsd = 1e12;
const secondsPerMinute = 60n;

/** Money held for a transcription is free again this long after its last sign of life. */
const holdSeconds = 1_800;

/**
 * What transcribing costs the account, in micro-USD, rounded up: every second begun, at the operator's price per
 * minute, plus the markup.
 */
export function transcriptionCost(seconds: number, prices: Prices = env()): bigint {
  if (!(seconds >= 0)) throw new RangeError(`${seconds} seconds is no length of a recording.`);
  const perMinute = BigInt(Math.round(prices.TRANSCRIBE_USD_PER_MINUTE * picoUsdPerUsd));
  return withMarkup(perMinute * BigInt(Math.ceil(seconds)), prices.MARKUP_PERCENT, secondsPerMinute);
}

type Prices = { TRANSCRIBE_USD_PER_MINUTE: number; MARKUP_PERCENT: number };

/**
 * Holds what a transcription will cost; nothing when it is free.
 *
 * @returns the reservation's id
 * @throws {AppError} `insufficient_credits`, `budget_exceeded`, `account_frozen`
 */
export async function holdTranscription(
  db: DbOrTransaction,
  payer: TranscriptionPayer,
  costMicroUsd: bigint,
): Promise<string | null> {
  if (costMicroUsd === 0n) return null;
  return reserve(db, { ...payer, amountMicroUsd: costMicroUsd, expiresInSeconds: holdSeconds });
}

/** Says that the work goes on. @returns false when the money is not held any more */
export function prolongHold(db: DbOrTransaction, reservationId: string): Promise<boolean> {
  return prolongReservation(db, reservationId, holdSeconds);
}

/** Charges a transcription once, however often it is called with the same reference. */
export async function settleTranscription(
  tx: Transaction,
  work: TranscriptionPayer & {
    faceId: string;
    documentId: string | null;
    model: string;
    reference: string;
    costMicroUsd: bigint;
    reservationId: string | null;
  },
): Promise<boolean> {
  const isNew = await settle(tx, { ...work, kind: "transcription", inputTokens: 0, outputTokens: 0 });
  if (isNew && work.costMicroUsd > 0n) await alertLowCredit(tx, work.accountId);
  return isNew;
}
