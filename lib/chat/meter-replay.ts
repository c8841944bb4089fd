import type { Db } from "@/lib/db/client";
import { log } from "@/lib/log";
import { dropBrokenNotes, forgetNote, listNotes, readNote, writeNote } from "./meter-notes";
import { type Settlement, storeSettlement } from "./meter-settlement";

/** Whoever reads an answer waits no longer than this for its charge to be stored, in milliseconds. */
const patienceMs = 2_000;
/** A note of a call under way that is older than this was left by a process that died. */
const deadAfterMs = 60_000;
const retryMs = { first: 1_000, longest: 60_000 };

let settling: Promise<number> = Promise.resolve(0);
let timer: NodeJS.Timeout | null = null;
let waitMs = retryMs.first;
let hasLooked = false;

/**
 * Stores a settlement, or notes it on disk when the database does not answer: the answer is with the client by now,
 * so an outage must neither lose the charge nor keep the client waiting.
 */
export async function storeOrNote(db: Db, settlement: Settlement): Promise<void> {
  let failure: unknown = "the database does not answer";
  const storing = storeSettlement(db, settlement).then(
    () => true,
    (error: unknown) => {
      failure = error;
      return false;
    },
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), patienceMs)));
  const isStored = await Promise.race([storing, late]);
  clearTimeout(timer);
  if (isStored) return;
  const { traceId } = settlement;
  log.warn("a call could not be settled and is noted", { traceId, error: failure });
  if (!(await writeNote(settlement, "over"))) {
    const { items: _, ...charge } = settlement;
    log.error("a call could neither be settled nor noted", charge);
  }
  void storing.then((isLate) => (isLate ? forgetNote(traceId) : undefined));
  replaySoon(db);
}

/**
 * Looks for what the predecessors of this process could not store: at once, and when what they had under way is old
 * enough to be known for dead. Nobody waits for it.
 */
export function settleOldNotes(db: Db): void {
  if (hasLooked) return;
  hasLooked = true;
  void settleNotes(db);
  setTimeout(() => void settleNotes(db), deadAfterMs + retryMs.first).unref();
}

/**
 * Settles what lies noted: calls that are over, and calls whose process has died. What is charged already is not
 * charged again.
 *
 * @returns how many could still not be stored
 */
export function settleNotes(db: Db): Promise<number> {
  settling = settling.then(() => settleAll(db));
  return settling;
}

/** Tries again in a while, less and less often, until nothing is left. */
function replaySoon(db: Db): void {
  timer ??= setTimeout(() => {
    timer = null;
    void settleNotes(db).then((left) => {
      waitMs = left === 0 ? retryMs.first : Math.min(waitMs * 2, retryMs.longest);
      if (left > 0) replaySoon(db);
    });
  }, waitMs).unref();
}

async function settleAll(db: Db): Promise<number> {
  let left = 0;
  await dropBrokenNotes(deadAfterMs).catch((error: unknown) =>
    log.warn("what is left of a note could not be removed", { error }),
  );
  for (const name of await listNotes()) {
    try {
      await settleNote(db, name);
    } catch (error) {
      left += 1;
      log.warn("a noted call could not be settled yet", { name, error });
    }
  }
  return left;
}

async function settleNote(db: Db, name: string): Promise<void> {
  const note = await readNote(name);
  if (note === null || (note.state === "under way" && note.ageMs < deadAfterMs)) return;
  const { accountId, traceId } = note.settlement;
  // an account that was deleted meanwhile owes nothing
  if ((await db.account.count({ where: { id: accountId } })) > 0) await storeSettlement(db, note.settlement);
  await forgetNote(traceId);
}
