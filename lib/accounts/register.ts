import type { Caller } from "@/lib/auth/caller";
import { countAttempt } from "@/lib/auth/count-attempt";
import { isNamedAdmin } from "@/lib/auth/named-admins";
import { hashPassword } from "@/lib/auth/password-hash";
import type { RegisterInput } from "@/lib/auth/schemas";
import { hashInviteCode } from "@/lib/auth/secrets";
import { type SignIn, startSession } from "@/lib/auth/start-session";
import { grant } from "@/lib/billing/ledger";
import type { Db, Transaction } from "@/lib/db/client";
import { isUniqueViolation, transaction } from "@/lib/db/transaction";
import { env } from "@/lib/env";
import { AppError, InvalidInputError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { plainInviteCode } from "./invite-code";

type Invite = { id: string; plan: string | null; credit: bigint; max_uses: number };
type NewAccount = { email: string; name: string | null; passwordHash: string };

/**
 * Makes an account by an invite code and signs in to it.
 *
 * The use of the code is counted by the statement that proves it open, in the transaction that makes the account: of
 * any number that race, as many get in as it has uses, and nobody uses it up without getting in.
 *
 * @throws {InvalidInputError} the code is unknown, revoked, used up or expired
 * @throws {AppError} `conflict` the e-mail address has an account; `rate_limited` too many attempts
 */
export async function register(db: Db, input: RegisterInput, caller: Caller): Promise<SignIn> {
  const hash = hashInviteCode(plainInviteCode(input.invite_code));
  await countAttempt(db, { what: "register", subject: input.email, address: caller.address });
  // a password is dear to hash: strangers with codes that are none do not get that far
  if ((await findOpen(db, hash)) === null) throw unknownInvite();
  const account = { email: input.email, name: input.name ?? null, passwordHash: await hashPassword(input.password) };
  try {
    return await transaction(db, async (tx) => {
      const accountId = await createAccount(tx, account, await use(tx, hash));
      return startSession(tx, accountId, { method: "password", userAgent: caller.userAgent });
    });
  } catch (error) {
    if (isUniqueViolation(error)) {
      throw new AppError("conflict", "This e-mail address already has an account. Sign in with it.", {
        param: "email",
      });
    }
    throw error;
  }
}

function unknownInvite(): InvalidInputError {
  return new InvalidInputError("This invite code is unknown, used up or expired.", "invite_code");
}

async function findOpen(db: Db, hash: string): Promise<{ id: string } | null> {
  const [row] = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM invites WHERE hash = ${hash} AND uses < max_uses AND revoked_at IS NULL
      AND (expires_at IS NULL OR expires_at > now())`;
  return row ?? null;
}

async function use(tx: Transaction, hash: string): Promise<Invite> {
  const [invite] = await tx.$queryRaw<Invite[]>`
    UPDATE invites SET uses = uses + 1 WHERE hash = ${hash} AND uses < max_uses AND revoked_at IS NULL
      AND (expires_at IS NULL OR expires_at > now())
    RETURNING id, plan, credit_micro_usd AS credit, max_uses`;
  if (invite === undefined) throw unknownInvite();
  return invite;
}

/** An e-mail address proves nothing here: one that is named as an admin's counts with an invite for one person only. */
async function createAccount(tx: Transaction, account: NewAccount, invite: Invite): Promise<string> {
  const id = newId("account");
  const isAdmin = invite.max_uses === 1 && isNamedAdmin(account.email);
  const plan = invite.plan ?? (isAdmin ? "pro" : env().DEFAULT_PLAN);
  await tx.account.create({ data: { id, ...account, isAdmin, plan, inviteId: invite.id } });
  if (invite.credit > 0n) {
    await grant(tx, {
      accountId: id,
      amountMicroUsd: invite.credit,
      reference: invite.id,
      note: "came with the invite",
    });
  }
  return id;
}
