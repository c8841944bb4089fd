import type { Ctx } from "@/lib/auth/context";
import { quotaExceeded, splitCompile } from "@/lib/billing/charge-compile";
import { type CompileQuota, readCompileQuota } from "@/lib/billing/compile-quota";
import { accountFrozen, readBalance } from "@/lib/billing/ledger";
import { usdFromMicroUsd } from "@/lib/billing/money";
import type { DbOrTransaction } from "@/lib/db/client";
import { requireSourceFace } from "@/lib/faces/parts";
import { maxChunkTokens } from "./grammar";
import { compileRate } from "./choose-engine";
import type { SyncQuote } from "./schemas";

/** What compiling everything that waits would take. Binding: the charge never exceeds it. @throws {NotFoundError} */
export async function quoteSync(ctx: Ctx, ref: string): Promise<SyncQuote> {
  const face = await requireSourceFace(ctx, ref);
  const quota = await readCompileQuota(ctx.db, ctx.actor.accountId);
  return quotePending(ctx.db, face.id, quota);
}

/**
 * The quote for one face. Pieces that are stored already are not paid again.
 *
 * @param which all that waits, or only what a sync was asked for already
 */
export async function quotePending(
  db: DbOrTransaction,
  faceId: string,
  quota: CompileQuota,
  which: "all" | "queued" = "all",
): Promise<SyncQuote> {
  const [sum] = await db.$queryRaw<{ documents: number; chunks: number; tokens: number }[]>`
    SELECT count(*)::int AS documents, coalesce(sum(d.chunks_total), 0)::int AS chunks,
           coalesce(sum(d.token_count - coalesce(c.tokens, 0)), 0)::int AS tokens
    FROM documents d
    LEFT JOIN LATERAL (SELECT sum(tokens) AS tokens FROM chunks WHERE document_id = d.id AND version = d.version) c ON true
    WHERE d.face_id = ${faceId} AND d.status = 'pending' AND (${which} = 'all' OR d.queued_version = d.version)`;
  const tokens = sum?.tokens ?? 0;
  const split = splitCompile(tokens, quota.tokensRemaining, compileRate());
  return {
    documents: sum?.documents ?? 0,
    tokens_estimated: tokens,
    tokens_from_quota: split.quotaTokens,
    tokens_on_credit: split.creditTokens,
    // each piece is rounded up to a whole micro-USD by itself
    cost_usd_max: split.costMicroUsd === 0n ? 0 : usdFromMicroUsd(split.costMicroUsd + BigInt(sum?.chunks ?? 0)),
  };
}

/**
 * Refuses a sync that could not compile one piece.
 *
 * @throws {AppError} `quota_exceeded`, `account_frozen`
 */
export async function requireSomeQuota(
  db: DbOrTransaction,
  accountId: string,
  quota: CompileQuota,
  quote: SyncQuote,
): Promise<void> {
  const { availableMicroUsd, isFrozen } = await readBalance(db, accountId);
  if (isFrozen) throw accountFrozen();
  // a piece must be covered by what is left, or every press would end at once
  const next = splitCompile(Math.min(quote.tokens_estimated, maxChunkTokens), quota.tokensRemaining, compileRate());
  if (next.creditTokens === 0) return;
  if (!quota.isOverflowEnabled) throw quotaExceeded(quota.tokensRemaining, "and compiling on credit is switched off");
  if (availableMicroUsd <= 0n || availableMicroUsd < next.costMicroUsd)
    throw quotaExceeded(quota.tokensRemaining, "and there is no credit left");
}
