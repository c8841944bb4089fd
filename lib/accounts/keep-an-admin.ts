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
  const [row] = await tx.$queryRaw<{ is_admin: boolean; others: boolean; admins: boolean }[]>`
    SELECT is_admin, EXISTS (SELECT 1 FROM accounts o WHERE o.id <> a.id) AS others,
      EXISTS (SELECT 1 FROM accounts o WHERE o.id <> a.id AND o.is_admin) AS admins
    FROM accounts a WHERE id = ${accountId}`;
  if (row === undefined || !row.is_admin || row.admins || (mayBeAlone && !row.others)) return;
  throw new AppError("conflict", "This is the only admin of the installation. Make another account an admin first.");
}
