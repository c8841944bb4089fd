import type { Prisma } from "@/lib/db/client";

/** Accounts that somebody can sign in to. One that is being deleted has no way in, and is soon no more. */
export const withAWayIn = {
  OR: [{ passwordHash: { not: null } }, { wallets: { some: {} } }],
} satisfies Prisma.AccountWhereInput;
