import type { Ctx } from "@/lib/auth/context";
import { lockAccount } from "@/lib/auth/lock-account";
import { forget } from "@/lib/auth/memory";
import { requirePassword } from "@/lib/auth/require-password";
import { requirePerson } from "@/lib/auth/require-person";
import type { Prisma, Transaction } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { InvalidInputError } from "@/lib/errors";
import { cancelJobs } from "@/lib/jobs/queue";
import { endPayments } from "@/lib/payments/end-payments";
import { removeAccount } from "./remove-account.job";
import { requireOtherAdmin } from "./keep-an-admin";
import type { DeleteAccountInput } from "./schemas";

type Account = Prisma.AccountGetPayload<{ include: { wallets: true } }>;

/**
 * Deletes the caller's account with everything that is its own.
 *
 * Its paid plan, its credentials and its name end at once, so that the same wallet or e-mail address may begin anew
 * the next moment; what there may be much of is removed by a job right afterwards.
 *
 * @throws {ForbiddenError} an API key
 * @throws {InvalidInputError} | {AppError} `forbidden` it is not confirmed
 * @throws {AppError} `conflict` the last admin; `upstream_failed` the paid plan could not be ended, and nothing was deleted
 */
export async function deleteAccount(ctx: Ctx, input: DeleteAccountInput): Promise<{ id: string; deleted: true }> {
  requirePerson(ctx);
  const id = ctx.actor.accountId;
  const account = await ctx.db.account.findUniqueOrThrow({ where: { id }, include: { wallets: true } });
  await requireMeant(ctx, account, input);
  await transaction(ctx.db, (tx) => requireOtherAdmin(tx, id, { mayBeAlone: true }));
  await endPayments(ctx.db, id, ctx.signal);
  await transaction(ctx.db, async (tx) => {
    await requireOtherAdmin(tx, id, { mayBeAlone: true });
    await lockAccount(tx, id);
    await endCredentials(tx, id);
    await cancelWork(tx, id);
    await removeAccount.enqueue(tx, { accountId: id, isSecondLook: false });
  });
  forget({ table: "accounts", value: id });
  return { id, deleted: true };
}

async function requireMeant({ db }: Ctx, account: Account, { password, confirm }: DeleteAccountInput): Promise<void> {
  if (account.passwordHash !== null) return requirePassword(db, account, { password, param: "password" });
  const names = [account.name, account.email, ...account.wallets.map(({ address }) => address)];
  const isMeant = names.some((name) => name !== null && name.toLowerCase() === confirm?.toLowerCase());
  if (isMeant) return;
  const message = "Deleting cannot be undone: send the wallet address or the name of this account as confirm.";
  throw new InvalidInputError(message, "confirm");
}

async function endCredentials(tx: Transaction, accountId: string): Promise<void> {
  const where = { accountId };
  // the wallets first: a sign-in that saw one has committed by then, and its session goes too
  await tx.wallet.deleteMany({ where });
  await tx.session.deleteMany({ where });
  await tx.apiKey.updateMany({ where: { ...where, revokedAt: null }, data: { revokedAt: new Date() } });
  const nobody = { name: null, email: null, passwordHash: null, isAdmin: false };
  const frozenReason = "This account is being deleted.";
  await tx.account.update({ where: { id: accountId }, data: { ...nobody, isFrozen: true, frozenReason } });
}

/** Stops what is running at the next piece: it would go on to compile what is about to go. */
async function cancelWork(tx: Transaction, accountId: string): Promise<void> {
  const running = await tx.$queryRaw<{ name: string; key: string }[]>`
    SELECT name, key FROM jobs WHERE status IN ('queued', 'running') AND (
      (name IN ('compile.sync', 'compile.measure') AND key IN (SELECT id FROM faces WHERE account_id = ${accountId}))
      OR (name = 'documents.transcribe' AND key IN (
        SELECT d.id FROM documents d JOIN faces f ON f.id = d.face_id WHERE f.account_id = ${accountId}))
      OR (name = 'portraits.make' AND key IN (SELECT id::text FROM prompts WHERE account_id = ${accountId})))`;
  for (const job of running) await cancelJobs(tx, job);
}
