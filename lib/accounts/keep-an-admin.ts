import { withAWayIn } from "@/lib/auth/with-a-way-in";
import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/**
 * Lets an admin go only when another is left; one at a time, so that no two let each other go.
 *
 * @param mayBeAlone the only account of an installation may go: who comes next is the first again
 * @throws {AppError} `conflict`
 */
export async function requireOtherAdmin(
  tx: Transaction,
  accountId: string,
  { mayBeAlone }: { mayBeAlone: boolean },
): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('faces.admins'))`;
  const account = await tx.account.findUnique({ where: { id: accountId }, select: { isAdmin: true } });
  if (account === null || !account.isAdmin) return;
  const others = { id: { not: accountId } };
  if ((await tx.account.findFirst({ where: { ...others, isAdmin: true } })) !== null) return;
  if (mayBeAlone && (await tx.account.findFirst({ where: { ...others, ...withAWayIn } })) === null) return;
  throw new AppError("conflict", "This is the only admin of the installation. Make another account an admin first.");
}
