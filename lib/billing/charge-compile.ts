import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { Price } from "@/lib/models/price";
import { alertLowCredit, alertQuota } from "./alerts";
import { type CompileQuota, readCompileQuota } from "./compile-quota";
import { accountFrozen, readBalance } from "./ledger";
import { costMicroUsd } from "./prices";
import { settle } from "./usage";

/** The model whose price source tokens cost past the quota. */
export type CompileRate = { model: string; price: Price };

/** How many tokens the quota takes and what the rest costs. */
export type CompileSplit = { quotaTokens: number; creditTokens: number; costMicroUsd: bigint };

/**
 * Splits source tokens between quota and credit. A token on credit costs what the model takes for reading it and for
 * writing one token about it.
 */
export function splitCompile(tokens: number, quotaRemaining: number, { price }: CompileRate): CompileSplit {
  const quotaTokens = Math.min(tokens, quotaRemaining);
  const creditTokens = tokens - quotaTokens;
  return {
    quotaTokens,
    creditTokens,
    costMicroUsd: costMicroUsd(price, { input: creditTokens, output: creditTokens }),
  };
}

/**
 * Charges the compiling of one piece of a document, in the transaction that stores the piece.
 *
 * The account's row is locked first, so that no two workers take the same last token. The same reference is charged
 * once.
 *
 * @returns what it took; null when it was charged before
 * @throws {AppError} `quota_exceeded` neither quota nor credit covers it, or its quote is used up; `budget_exceeded`;
 *   `account_frozen`
 */
export async function chargeCompile(
  tx: Transaction,
  work: {
    accountId: string;
    apiKeyId: string | null;
    faceId: string;
    documentId: string;
    reference: string;
    tokens: number;
    rate: CompileRate;
    /** what a language model took for reading it; recorded for whoever pays the provider, charged to nobody */
    provider?: { inputTokens: number; outputTokens: number } | undefined;
  },
): Promise<CompileSplit | null> {
  const { accountId, apiKeyId, faceId, documentId, reference, tokens, rate } = work;
  await tx.$queryRaw`SELECT id FROM accounts WHERE id = ${accountId} FOR NO KEY UPDATE`;
  const done = await tx.usageRecord.findUnique({ where: { kind_reference: { kind: "compile", reference } } });
  if (done !== null) return null;
  const quota = await readCompileQuota(tx, accountId);
  const split = splitCompile(tokens, quota.tokensRemaining, rate);
  await requireCovered(tx, accountId, quota, split);
  if (split.costMicroUsd > 0n) {
    await takeFromQuote(tx, faceId, split.costMicroUsd);
    if (apiKeyId !== null) await requireBudget(tx, apiKeyId, split.costMicroUsd);
  }
  const record = { accountId, apiKeyId, faceId, documentId, model: rate.model, reference, reservationId: null };
  const compiled = { inputTokens: tokens, outputTokens: 0, quotaTokens: split.quotaTokens };
  await settle(tx, { ...record, ...compiled, kind: "compile", costMicroUsd: split.costMicroUsd });
  await tellWhatIsLeft(tx, accountId, quota, split);
  if (work.provider !== undefined) {
    await settle(tx, { ...record, ...work.provider, kind: "compile_model", costMicroUsd: 0n });
  }
  return split;
}

/** An account is told when its quota or its credit runs low, once: here its row is locked. */
async function tellWhatIsLeft(
  tx: Transaction,
  accountId: string,
  quota: CompileQuota,
  { quotaTokens, costMicroUsd }: CompileSplit,
): Promise<void> {
  const tokensUsed = quota.tokensUsed + quotaTokens;
  const tokensRemaining = quota.tokensRemaining - quotaTokens;
  await alertQuota(tx, accountId, { ...quota, tokensUsed, tokensRemaining });
  if (costMicroUsd > 0n) await alertLowCredit(tx, accountId);
}

/** The quote of a sync is binding: where others used up the quota meanwhile, it stops and asks anew. */
async function takeFromQuote(tx: Transaction, faceId: string, costMicroUsd: bigint): Promise<void> {
  const { count } = await tx.face.updateMany({
    where: { id: faceId, syncCreditMicroUsd: { gte: costMicroUsd } },
    data: { syncCreditMicroUsd: { decrement: costMicroUsd } },
  });
  if (count === 1) return;
  throw new AppError(
    "quota_exceeded",
    "The sync would cost more than was quoted, because the quota was used elsewhere meanwhile. Start it again for a new quote.",
  );
}

/** A key's budget is a hard cap on what is charged in its name, compiling among it. The account's row is ours. */
async function requireBudget(tx: Transaction, apiKeyId: string, costMicroUsd: bigint): Promise<void> {
  const [row] = await tx.$queryRaw<{ covers: boolean }[]>`
    SELECT ledger_key_covers(${apiKeyId}, ${costMicroUsd}::bigint) AS covers`;
  if (row?.covers) return;
  throw new AppError("budget_exceeded", "The budget of the API key that started this sync is used up.");
}

/** Past the quota there must be credit, also where the engine costs nothing: the quota is the plan's, not the model's. */
async function requireCovered(
  tx: Transaction,
  accountId: string,
  quota: CompileQuota,
  split: CompileSplit,
): Promise<void> {
  const { availableMicroUsd, isFrozen } = await readBalance(tx, accountId);
  if (isFrozen) throw accountFrozen();
  if (split.creditTokens === 0) return;
  if (!quota.isOverflowEnabled) throw quotaExceeded(quota.tokensRemaining, "and compiling on credit is switched off");
  if (availableMicroUsd <= 0n || availableMicroUsd < split.costMicroUsd)
    throw quotaExceeded(quota.tokensRemaining, "and there is no credit left");
}

/** The error of an account that can compile nothing more for now. */
export function quotaExceeded(tokensLeft: number, why: string): AppError {
  const left = tokensLeft === 0 ? "is used up" : `has ${tokensLeft} tokens left, too few for the next piece`;
  return new AppError("quota_exceeded", `The compile quota ${left}, ${why}. Add credit, or change the plan.`);
}
