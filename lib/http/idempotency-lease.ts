import type { Db } from "@/lib/db/client";
import { log } from "@/lib/log";

/** After so long a silence of its process, work counts as abandoned. */
export const leaseSeconds = 30;
const renewMs = 8_000;

/** A request that runs in this process, under its Idempotency-Key. */
export type Running = { accountId: string; key: string; owner: string };

/** Says of all requests under way that their process lives. */
class RunningOnes {
  readonly #all = new Map<string, { db: Db; running: Running }>();
  #timer: NodeJS.Timeout | null = null;

  add(db: Db, running: Running): void {
    this.#all.set(running.owner, { db, running });
    this.#timer ??= setInterval(() => void this.renew(), renewMs).unref();
  }

  remove({ owner }: Running): void {
    this.#all.delete(owner);
    if (this.#all.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  async renew(): Promise<void> {
    const all = [...this.#all.values()];
    const [first] = all;
    if (first === undefined) return;
    const accounts = all.map(({ running }) => running.accountId);
    const keys = all.map(({ running }) => running.key);
    const owners = all.map(({ running }) => running.owner);
    try {
      await first.db.$executeRaw`
        UPDATE idempotency_records r SET created_at = now()
        FROM unnest(${accounts}::text[], ${keys}::text[], ${owners}::text[]) AS mine (account_id, key, owner)
        WHERE r.account_id = mine.account_id AND r.key = mine.key AND r.status IS NULL AND r.body = mine.owner`;
    } catch (error) {
      log.warn("requests under way could not be noted", { error });
    }
  }
}

// held on globalThis because Next bundles this module more than once
const held = globalThis as { facesRunningOnes?: RunningOnes };

/** The requests with an Idempotency-Key that run in this process. */
export function runningOnes(): RunningOnes {
  held.facesRunningOnes ??= new RunningOnes();
  return held.facesRunningOnes;
}
