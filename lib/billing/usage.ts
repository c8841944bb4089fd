import type { DbOrTransaction } from "@/lib/db/client";
import { newId } from "@/lib/ids";
import { requireAmount } from "./money";

/** `compile` counts source tokens; `compile_model` what a language model really took for them, at no charge. */
export type UsageKind = "compile" | "compile_model" | "chat" | "proxy" | "transcription" | "portrait";

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
 * Settles work exactly once: the usage record, the charge, the key's spending and the end of its reservation, in one
 * round trip. Work whose reservation has ended meanwhile is charged all the same.
 *
 * To be called in the transaction that stores whatever else must be true together with the charge.
 *
 * @returns false when it was settled before; nothing but the end of its reservation is written then
 */
export async function settle(db: DbOrTransaction, work: MeteredWork): Promise<boolean> {
  const rows = JSON.stringify([toRow(work)]);
  const settled = await db.$queryRaw<unknown[]>`SELECT settled_id FROM ledger_settle(${rows}::jsonb)`;
  return settled.length === 1;
}

/** Work as the database's `ledger_settle` takes it. */
export function toRow(work: MeteredWork) {
  return {
    usage_id: newId("usage"),
    kind: work.kind,
    reference: work.reference,
    account_id: work.accountId,
    api_key_id: work.apiKeyId,
    hold_id: work.reservationId,
    face_id: work.faceId,
    document_id: work.documentId ?? null,
    model: work.model,
    input_tokens: work.inputTokens,
    output_tokens: work.outputTokens,
    quota_tokens: work.quotaTokens ?? 0,
    // JSON has no integers of this size
    cost: String(requireAmount(work.costMicroUsd)),
  };
}
