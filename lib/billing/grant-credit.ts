import type { Ctx } from "@/lib/auth/context";
import { ForbiddenError, NotFoundError } from "@/lib/errors";
import { grant } from "./ledger";
import { usdFromMicroUsd } from "./money";
import type { GrantCreditInput } from "./schemas";

/**
 * Gives credit to an account. This is how credit comes into an installation without a payment provider.
 *
 * @param once the caller's Idempotency-Key: a try that died before its answer was kept grants nothing again
 * @throws {ForbiddenError} the caller is no admin, or uses an API key
 * @throws {NotFoundError} the account
 */
export async function grantCredit(
  { actor, db, requestId }: Ctx,
  input: GrantCreditInput,
  once: string | null = null,
): Promise<{ account_id: string; granted_usd: number }> {
  if (!actor.isAdmin) throw new ForbiddenError("Only an admin of this installation may grant credit.");
  const accountId = input.account_id ?? actor.accountId;
  const account = await db.account.findUnique({ where: { id: accountId }, select: { id: true } });
  if (account === null) throw new NotFoundError("The account");
  await grant(db, {
    accountId,
    amountMicroUsd: input.amount_usd,
    reference: once === null ? requestId : `${actor.accountId}:${once}`,
    note: input.note ?? `granted by ${actor.accountId}`,
  });
  return { account_id: accountId, granted_usd: usdFromMicroUsd(input.amount_usd) };
}
