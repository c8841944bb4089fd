import type { Prisma } from "@/lib/db/client";
import { isUniqueViolation, transaction } from "@/lib/db/transaction";
import { AppError, InvalidInputError } from "@/lib/errors";
import type { Ctx } from "./context";
import { findAccount } from "./find-account";
import { lockAccount } from "./lock-account";
import { forget } from "./memory";
import { isNamedAdmin } from "./named-admins";
import { hashPassword } from "./password-hash";
import { requirePassword, wrongPassword } from "./require-password";
import { requirePerson } from "./require-person";
import type { AccountView, UpdateAccountInput } from "./schemas";

type AccountRow = Prisma.AccountGetPayload<object>;

/**
 * Changes the caller's name, e-mail address or password. A password that was changed or taken away ends all other
 * sessions.
 *
 * @throws {ForbiddenError} an API key
 * @throws {AppError} `forbidden` the current password is not right; `rate_limited`; `conflict` the e-mail address has
 *   another account, or nothing would be left to sign in with
 * @throws {InvalidInputError} the current password is missing, or a password is left without an e-mail address
 */
export async function updateAccount(ctx: Ctx, input: UpdateAccountInput): Promise<AccountView> {
  const { sessionId } = requirePerson(ctx);
  const { accountId } = ctx.actor;
  const before = await ctx.db.account.findUniqueOrThrow({ where: { id: accountId } });
  if (input.email !== undefined || input.password !== undefined) {
    await requirePassword(ctx.db, before, { password: input.current_password, param: "current_password" });
  }
  const passwordHash = input.password == null ? input.password : await hashPassword(input.password);
  try {
    await transaction(ctx.db, async (tx) => {
      const account = await lockAccount(tx, accountId);
      // somebody else has changed it since it was checked
      if (account.passwordHash !== before.passwordHash) throw wrongPassword("current_password");
      const changes = {
        ...(input.name === undefined ? {} : { name: input.name }),
        ...(input.email === undefined ? {} : { email: input.email }),
        ...(passwordHash === undefined ? {} : { passwordHash }),
      };
      requireWayIn(account, { ...account, ...changes }, await tx.wallet.count({ where: { accountId } }));
      await tx.account.update({ where: { id: accountId }, data: changes });
      if (account.passwordHash !== null && passwordHash !== undefined) {
        await tx.session.deleteMany({ where: { accountId, id: { not: sessionId } } });
      }
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw emailTaken();
    throw error;
  }
  forget({ table: "accounts", value: accountId });
  return findAccount(ctx);
}

function requireWayIn(before: AccountRow, after: AccountRow, wallets: number): void {
  if (after.passwordHash !== null && after.email === null) {
    const message =
      before.passwordHash === null
        ? "A password needs an e-mail address to sign in with."
        : "The e-mail address signs in together with the password: take both away, or neither.";
    throw new InvalidInputError(message, "email");
  }
  if (before.passwordHash !== null && after.passwordHash === null && wallets === 0) {
    throw new AppError("conflict", "Nothing else signs in to this account. Link a wallet first.");
  }
  // an admin's, which nothing proves to be the caller's
  const isNew = after.email !== null && after.email !== before.email;
  if (isNew && !before.isAdmin && isNamedAdmin(after.email ?? "")) throw emailTaken();
}

function emailTaken(): AppError {
  return new AppError("conflict", "This e-mail address already has an account.", { param: "email" });
}
