import { holdTranscription, type TranscriptionPayer } from "@/lib/billing/charge-transcription";
import { readBalance } from "@/lib/billing/ledger";
import { usdFromMicroUsd } from "@/lib/billing/money";
import type { DbOrTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/** Holds what a transcription will cost. @throws {AppError} as `holdTranscription`, in words about recordings */
export async function holdFor(
  db: DbOrTransaction,
  payer: TranscriptionPayer,
  costMicroUsd: bigint,
): Promise<string | null> {
  try {
    return await holdTranscription(db, payer, costMicroUsd);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "insufficient_credits") throw error;
    const { availableMicroUsd } = await readBalance(db, payer.accountId);
    const sentence = `Transcribing this recording costs ${usd(costMicroUsd)} and ${usd(availableMicroUsd)} of credit is available. Add credit, then try again; a recording that was uploaded is taken up by the next sync.`;
    throw new AppError("insufficient_credits", sentence, { cause: error });
  }
}

function usd(microUsd: bigint): string {
  return `$${usdFromMicroUsd(microUsd).toFixed(4)}`;
}
