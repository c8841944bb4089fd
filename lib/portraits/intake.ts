import type { Ctx } from "@/lib/auth/context";
import { transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { waitForJob } from "@/lib/jobs/job-notifications";
import { cancelJob, findJob, hasLiveWorker } from "@/lib/jobs/queue";
import { log } from "@/lib/log";
import { store } from "@/lib/storage/store";
import { inAccountTurn } from "./account-turns";
import { type Photo, photoName } from "./intake-photos";
import { inspectPhotos, InspectedPhoto, type RawPhoto, stepOf } from "./inspect-photos.job";
import { announceObjects, dropObjects } from "./tune-orphans";

/** A photo that was looked at; `key` is where it lies when it is good. */
export type TakenPhoto = { id: string; name: string; fileName: string; key: string; found: InspectedPhoto };

/** For one photo, and for each further one: a busy machine takes a second and a half for each. */
const timeoutMs = 60_000;
const eachMs = 2_000;
const lookAgainMs = 1_000;
const putsAtOnce = 4;
const stoppingMs = 120_000;
/** Of one account. */
const mostAtOnce = 3;

/**
 * Takes photos in: fetches what has an address, lays all of it into the store and waits for what is found in it.
 *
 * `use` gets what was found, in the order of the photos. What it does not take into use is deleted, and so is what
 * came, whatever happens.
 *
 * @param isCheckOnly nothing is laid aside
 * @throws {AppError} `too_large`, `unreadable`, `unsupported_type`, `invalid_input` of an address; `rate_limited`;
 *   `unavailable` nobody looked at them in time
 */
export async function takePhotos<T>(
  ctx: Ctx,
  photos: readonly Photo[],
  { isCheckOnly = false }: { isCheckOnly?: boolean },
  use: (taken: TakenPhoto[]) => Promise<T>,
): Promise<T> {
  await requireRoom(ctx);
  const planned = photos.map((photo, at) => plan(ctx, photo, at));
  const keys = planned.flatMap(({ rawKey, key }) => [rawKey, key]);
  await announceObjects(ctx.db, keys);
  let isLookedAt = false;
  try {
    await inAccountTurn(ctx, () => layAside(ctx, planned));
    const raw = planned.map(({ rawKey, key, name }): RawPhoto => ({ rawKey, name, key: isCheckOnly ? null : key }));
    isLookedAt = true;
    const found = await inspected(ctx, raw);
    isLookedAt = false;
    return await use(
      found.map((each, at) => {
        const { photo, id, name, key } = planned[at] as Planned;
        return { id, name, key, fileName: photo.fileName, found: each };
      }),
    );
  } catch (error) {
    // whoever asked has gone: that is no fault of ours
    if (ctx.signal.aborted && !(error instanceof AppError)) throw unseen("are not waited for any more");
    throw error;
  } finally {
    // a worker that was told to stop may be writing one at this moment
    await dropObjects(ctx.db, keys, isLookedAt ? stoppingMs : 0).catch((error: unknown) =>
      log.warn("photos are given up in an hour", { error }),
    );
  }
}

type Planned = { photo: Photo; id: string; name: string; key: string; rawKey: string };

function plan({ actor }: Ctx, photo: Photo, at: number): Planned {
  const id = newId("photo");
  const folder = `portraits/${actor.accountId}`;
  return { photo, id, name: photoName(at, photo), key: `${folder}/${id}`, rawKey: `${folder}/raw_${id}` };
}

/** A few at a time: an address may hold twenty megabytes. */
async function layAside(ctx: Ctx, planned: readonly Planned[]): Promise<void> {
  const waiting = [...planned];
  const stopping = new AbortController();
  const signal = AbortSignal.any([ctx.signal, stopping.signal]);
  const failures: unknown[] = [];
  const lay = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const body = await next.photo.open(signal);
      await store().put(next.rawKey, body, { contentType: "application/octet-stream", signal });
    }
  };
  const layOrStop = () =>
    lay().catch((error: unknown) => {
      failures.push(error);
      waiting.length = 0;
      stopping.abort();
    });
  // all have ended before anything is given up: what is still written then would stay
  await Promise.all(Array.from({ length: putsAtOnce }, layOrStop));
  if (failures.length > 0) throw failures[0];
}

/** Waits for a worker to look at the photos. What it found is forgotten where it stood: it is somebody's face. */
async function inspected(ctx: Ctx, photos: RawPhoto[]): Promise<InspectedPhoto[]> {
  const { accountId } = ctx.actor;
  const { id } = await transaction(ctx.db, (tx) => inspectPhotos.enqueue(tx, { accountId, photos }));
  try {
    await untilEnded(ctx, id, timeoutMs + eachMs * (photos.length - 1));
    const steps = await ctx.db.jobStep.findMany({ where: { jobId: id } });
    return photos.map((_photo, at) => InspectedPhoto.parse(steps.find(({ name }) => name === stepOf(at))?.result));
  } finally {
    await cancelJob(ctx.db, id);
    // one that still runs is forgotten when it has stopped, by housekeeping
    await ctx.db.job.deleteMany({ where: { id, status: { in: ["succeeded", "failed", "cancelled"] } } });
  }
}

async function untilEnded(ctx: Ctx, jobId: string, withinMs: number): Promise<void> {
  const until = Date.now() + withinMs;
  for (;;) {
    const job = await findJob(ctx.db, jobId);
    if (job?.status === "succeeded") return;
    if (job === null || job.status === "failed" || job.status === "cancelled") throw unseen("could not be looked at");
    ctx.signal.throwIfAborted();
    const leftMs = until - Date.now();
    if (leftMs <= 0) throw unseen("were not looked at in time, because much is waiting");
    await waitForJob(jobId, { timeoutMs: Math.min(lookAgainMs, leftMs), signal: ctx.signal });
  }
}

function unseen(what: string): AppError {
  return new AppError("unavailable", `The photos ${what}. Send them again.`, { retryAfterSeconds: 10 });
}

/** Photos are looked at one after the other, for everybody. */
async function requireRoom({ db, actor }: Ctx): Promise<void> {
  if (!(await hasLiveWorker(db))) {
    const sentence = "No worker is running on this installation that could look at photos. Try again in a minute.";
    throw new AppError("unavailable", sentence, { retryAfterSeconds: 30 });
  }
  const waiting = await db.job.count({
    where: {
      name: inspectPhotos.name,
      status: { in: ["queued", "running"] },
      payload: { path: ["accountId"], equals: actor.accountId },
    },
  });
  if (waiting < mostAtOnce) return;
  const sentence = `Photos of ${mostAtOnce} requests are being looked at already. Wait for one of them.`;
  throw new AppError("rate_limited", sentence, { retryAfterSeconds: 5 });
}

/** Forgets what was found in photos that nobody waits for any more. */
export async function forgetInspections(db: Ctx["db"]): Promise<void> {
  await db.job.deleteMany({
    where: { name: inspectPhotos.name, finishedAt: { lt: new Date(Date.now() - 5 * timeoutMs) } },
  });
}
