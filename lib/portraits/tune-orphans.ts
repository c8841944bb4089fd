import type { Db, DbOrTransaction, Transaction } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { smallKeyOf } from "@/lib/storage/signed-file";
import { store } from "@/lib/storage/store";
import { engineOf } from "./engines";

/** By then whoever announced a file has written its row, or never will. */
const announcedSeconds = 3_600;
const objectsAtOnce = 50;
const mostObjects = 2_000;
const tunesAtOnce = 10;
const forgetTimeoutMs = 30_000;
/** A copy at an engine that does not answer is asked for until then: some three weeks. */
const mostForgetTries = 40;

const withSmall = (keys: readonly string[]) => keys.flatMap((key) => [key, smallKeyOf(key)]);

/**
 * Says that files are about to be written under these keys, each perhaps with its small preview. Call it before
 * `store().put`: should the row never come, they are deleted within the hour that follows.
 */
export async function announceObjects(db: DbOrTransaction, keys: readonly string[]): Promise<void> {
  await db.$executeRaw`
    INSERT INTO orphaned_objects (key, due_at)
    SELECT key, now() + make_interval(secs => ${announcedSeconds}) FROM unnest(${withSmall(keys)}::text[]) AS key
    ON CONFLICT (key) DO UPDATE SET due_at = excluded.due_at`;
}

/** The same for one. */
export function announceObject(db: DbOrTransaction, key: string): Promise<void> {
  return announceObjects(db, [key]);
}

/**
 * Takes files into use, in the transaction that writes the rows which name them.
 *
 * @throws {AppError} `conflict` one was not announced, or its hour was over and it is gone: nothing may name it
 */
export async function keepObjects(tx: Transaction, keys: readonly string[]): Promise<void> {
  const { count } = await tx.orphanedObject.deleteMany({ where: { key: { in: [...keys] } } });
  await tx.orphanedObject.deleteMany({ where: { key: { in: keys.map(smallKeyOf) } } });
  if (count < new Set(keys).size) {
    throw new AppError("conflict", "This took too long, and its files are gone. Send it again.");
  }
}

/** Gives files up before their hour is over. @param inMs until then somebody may still be writing them */
export async function dropObjects(db: DbOrTransaction, keys: readonly string[], inMs = 0): Promise<void> {
  const dueAt = inMs === 0 ? new Date(0) : new Date(Date.now() + inMs);
  await db.orphanedObject.updateMany({ where: { key: { in: withSmall(keys) } }, data: { dueAt } });
}

/**
 * Deletes the files that no row names any more, some at a time. A file whose store does not answer is tried again five
 * minutes later. Its key is locked meanwhile: who would take it into use waits, and then finds it gone.
 *
 * @returns how many were deleted
 */
export async function sweepObjects(db: Db): Promise<number> {
  let deleted = 0;
  for (let taken = objectsAtOnce; taken === objectsAtOnce && deleted < mostObjects;) {
    taken = await transaction(db, async (tx) => {
      const due = await tx.$queryRaw<{ key: string }[]>`
        SELECT key FROM orphaned_objects WHERE due_at <= now()
        ORDER BY due_at LIMIT ${objectsAtOnce} FOR UPDATE SKIP LOCKED`;
      const ends = await Promise.allSettled(due.map(({ key }) => store().delete(key)));
      const gone = due.filter((_row, at) => ends[at]?.status === "fulfilled").map(({ key }) => key);
      const left = due.map(({ key }) => key).filter((key) => !gone.includes(key));
      await tx.orphanedObject.deleteMany({ where: { key: { in: gone } } });
      if (left.length > 0) {
        log.warn("files could not be deleted; they are tried again", { files: left.length, error: reasonOf(ends) });
        const later = new Date(Date.now() + 5 * 60_000);
        await tx.orphanedObject.updateMany({ where: { key: { in: left } }, data: { dueAt: later } });
      }
      deleted += gone.length;
      return due.length;
    });
  }
  await store().deleteUnfinished?.();
  return deleted;
}

/**
 * Deletes copies of deleted tunes at remote engines; one that fails is tried again, ever later.
 *
 * @param find tests bring their own engines
 * @returns how many were deleted
 */
export async function forgetRemoteTunes(db: Db, find: typeof engineOf = engineOf): Promise<number> {
  const due = await db.orphanedTune.findMany({
    where: { dueAt: { lte: new Date() }, attempts: { lt: mostForgetTries } },
    orderBy: { dueAt: "asc" },
    take: tunesAtOnce,
  });
  let forgotten = 0;
  for (const { engine, remoteId, attempts } of due) {
    const where = { engine_remoteId: { engine, remoteId } };
    try {
      const known = find(engine);
      if (known === null) throw new Error(`The engine ${engine} is not configured any more.`);
      await known.forget(remoteId, AbortSignal.timeout(forgetTimeoutMs));
      await db.orphanedTune.deleteMany({ where: { engine, remoteId } });
      forgotten++;
    } catch (error) {
      log.warn("a tune's copy was not deleted at its engine; it is tried again", { engine, remoteId, error });
      const minutes = Math.min(2 ** attempts, 12 * 60);
      const dueAt = new Date(Date.now() + minutes * 60_000);
      const data = { attempts: attempts + 1, dueAt, error: error instanceof Error ? error.message : String(error) };
      await db.orphanedTune.update({ where, data }).catch(() => undefined);
    }
  }
  return forgotten;
}

function reasonOf(ends: PromiseSettledResult<void>[]): unknown {
  return ends.find((end) => end.status === "rejected")?.reason;
}
