import type { Db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import type { Caller } from "./caller";
import { countAttempt } from "./count-attempt";
import { verifyPassword } from "./password-hash";
import type { LogInInput } from "./schemas";
import { type SignIn, startSession } from "./start-session";

/**
 * Signs in with e-mail address and password. An address that nobody has is refused in the same words and time as a
 * wrong password.
 *
 * @throws {AppError} `unauthorized`; `rate_limited` too many attempts
 */
export async function logIn(db: Db, { email, password }: LogInInput, caller: Caller): Promise<SignIn> {
  const attempt = await countAttempt(db, { what: "sign-in", subject: email, address: caller.address });
  const account = await db.account.findUnique({ where: { email }, select: { id: true, passwordHash: true } });
  const isRight = await verifyPassword(password, account?.passwordHash ?? null);
  if (account === null || !isRight) throw wrongPassword();
  const signIn = await transaction(db, async (tx) => {
    // whoever changes the password ends the sessions behind this lock: none may begin with the old one afterwards
    const [row] = await tx.$queryRaw<{ hash: string | null; email: string | null }[]>`
      SELECT password_hash AS hash, email FROM accounts WHERE id = ${account.id} FOR NO KEY UPDATE`;
    if (row?.hash !== account.passwordHash || row.email !== email) throw wrongPassword();
    return startSession(tx, account.id, { method: "password", userAgent: caller.userAgent });
  });
  await attempt.succeeded();
  return signIn;
}

function wrongPassword(): AppError {
  return new AppError("unauthorized", "The e-mail address or the password is not right.");
}
