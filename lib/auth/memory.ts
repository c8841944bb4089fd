import { type Db, databaseUrl, db } from "@/lib/db/client";
import { ChangeFeed } from "./change-feed";
import { type Change, RowCache } from "./row-cache";

type Memory = { feed: ChangeFeed | null; caches: Map<string, RowCache<unknown>> };

// held on globalThis because Next bundles this module more than once
const held = globalThis as { facesMemory?: Memory };

function memory(): Memory {
  held.facesMemory ??= { feed: null, caches: new Map() };
  return held.facesMemory;
}

/**
 * The process's memory of one kind of rows. It keeps nothing unless the process has called `rememberRows`: then what
 * other processes change is forgotten within milliseconds, and everything while that cannot be known.
 */
export function rowCache<Row>(name: string, maxRows: number): RowCache<Row> {
  const { caches } = memory();
  let cache = caches.get(name);
  if (cache === undefined) {
    cache = new RowCache<unknown>(maxRows, () => held.facesMemory?.feed?.isCurrent() ?? false);
    caches.set(name, cache);
  }
  return cache as RowCache<Row>;
}

/** From now on this process keeps rows that it has read, until they change. @returns ends it */
export function rememberRows(source: { url: string; db: Db } = { url: databaseUrl(), db: db() }): () => Promise<void> {
  const feed = new ChangeFeed({
    ...source,
    onChange: forget,
    onGap: () => {
      for (const cache of memory().caches.values()) cache.clear();
    },
  });
  memory().feed = feed;
  return async () => {
    memory().feed = null;
    await feed.close();
  };
}

/** Forgets what a change of this process concerns, at once: others hear of it from the database. */
export function forget(change: Change): void {
  for (const cache of memory().caches.values()) cache.drop(change);
}

/** Resolves when this process has forgotten all that was changed before the call, by whomever. */
export async function caughtUpWithChanges(): Promise<void> {
  await memory().feed?.caughtUp();
}
