import type { Db } from "@/lib/db/client";
import { log } from "@/lib/log";
import { alertLowCredit } from "./alerts";

/** An account that spends all day is looked at no more often than this, in milliseconds. */
const lookAfterMs = 5_000;

const planned = new WeakMap<Db, Map<string, NodeJS.Timeout>>();

/**
 * Looks soon whether these accounts' credit runs low, so that no answer waits for it and a burst of charges is one look.
 *
 * What a process that ends did not look at any more is found with the next charge, or when the notices are read.
 */
export function watchCredit(db: Db, accountIds: Iterable<string>, afterMs = lookAfterMs): void {
  let waiting = planned.get(db);
  if (waiting === undefined) planned.set(db, (waiting = new Map()));
  for (const accountId of accountIds) {
    if (waiting.has(accountId)) continue;
    const timer = setTimeout(() => {
      waiting.delete(accountId);
      alertLowCredit(db, accountId).catch((error: unknown) =>
        log.warn("credit was not looked at", { accountId, error }),
      );
    }, afterMs);
    waiting.set(accountId, timer.unref());
  }
}
