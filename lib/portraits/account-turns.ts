import type { Ctx } from "@/lib/auth/context";
import { Semaphore } from "@/lib/documents/semaphore";

/** Each holds images in memory, up to some hundred megabytes, and whoever they come from may be slow. */
const mostAtOnce = 3;

const accounts = new Map<string, { turns: Semaphore; users: number }>();

/**
 * Runs what holds images in memory: a few at once for each account, the others wait for their turn. It is never called
 * within itself.
 *
 * @throws the signal's reason, when it was aborted before its turn
 */
export async function inAccountTurn<T>({ actor, signal }: Ctx, work: () => Promise<T>): Promise<T> {
  const { accountId } = actor;
  const account = accounts.get(accountId) ?? { turns: new Semaphore(mostAtOnce), users: 0 };
  accounts.set(accountId, account);
  account.users++;
  try {
    return await account.turns.run(signal, work);
  } finally {
    account.users--;
    if (account.users === 0) accounts.delete(accountId);
  }
}
