import type { Transaction } from "@/lib/db/client";
import { newId } from "@/lib/ids";
import { charge } from "./ledger";
import { release } from "./reservations";

/** `compile` counts source tokens; `compile_model` what a language model really took for them, at no charge. */
export type UsageKind = "compile" | "compile_model" | "chat" | "proxy" | "transcription";

/** One finished piece of metered work. */
export type MeteredWork = {
  kind: UsageKind;
  /** what it was: the same kind and reference twice is charged once */
  reference: string;
  accountId: string;
  apiKeyId: string | null;
  faceId: string | null;
  documentId?: string | null;
  model: string;
  inputTokens: number;
  outputTokens: number;
  /** compile only: the part that the plan's quota covered */
  quotaTokens?: number;
  costMicroUsd: bigint;
  /** the money held for it, if any was */
  reservationId: string | null;
};

/**
 * Settles work exactly once: the usage record, the charge, the key's spending and the end of its reservation.
 *
 * To be called in the transaction that stores whatever else must be true together with the charge.
 *
 * @returns false when it was settled before; nothing is written then
 */
export async function settle(tx: Transaction, work: MeteredWork): Promise<boolean> {
  const { reservationId, ...record } = work;
  const { count } = await tx.usageRecord.createMany({
    data: [{ id: newId("usage"), ...record }],
    skipDuplicates: true,
  });
  if (reservationId !== null) await release(tx, reservationId);
  if (count === 0) return false;
  const { accountId, apiKeyId, costMicroUsd, kind, model, reference } = work;
  if (costMicroUsd > 0n) {
    await charge(tx, { accountId, amountMicroUsd: costMicroUsd, reference, note: `${kind} ${model}` });
    if (apiKeyId !== null) {
      await tx.apiKey.updateMany({ where: { id: apiKeyId }, data: { spentMicroUsd: { increment: costMicroUsd } } });
    }
  }
  return true;
}
