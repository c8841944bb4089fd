import type { Db } from "@/lib/db/client";
import { AppError, InvalidInputError } from "@/lib/errors";
import { countAttempt } from "./count-attempt";
import { verifyPassword } from "./password-hash";

/**
 * The account's password once more: whoever finds somebody else's open browser must not be able to take the account
 * over or away. An account without a password has nothing to show.
 *
 * @param given.param the field in which it was sent
 * @throws {AppError} `forbidden` it is not right; `rate_limited` too many attempts
 * @throws {InvalidInputError} it is missing
 */
export async function requirePassword(
  db: Db,
  account: { id: string; passwordHash: string | null },
  { password, param }: { password: string | undefined; param: string },
): Promise<void> {
  if (account.passwordHash === null) return;
  if (password === undefined) throw new InvalidInputError(`Send your password too, as ${param}.`, param);
  const attempt = await countAttempt(db, { what: "password", subject: account.id, address: "" });
  if (!(await verifyPassword(password, account.passwordHash))) throw wrongPassword(param);
  await attempt.succeeded();
}

export function wrongPassword(param: string): AppError {
  return new AppError("forbidden", "The password is not right.", { param });
}
