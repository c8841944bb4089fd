import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { defineJob } from "@/lib/jobs/define-job";
import { guardedFetch } from "@/lib/net/guarded-fetch";
import { callbackBody } from "./callback-body";

const timeoutMs = 10_000;
const advice = "Check the address.";
/** Seconds until the next attempt; then as long as a job may wait. */
const delaysSeconds = [10, 30, 60, 120];
const longestDelaySeconds = 300;

/**
 * Tells a callback what it waits for: up to twelve attempts in about three quarters of an hour. It may be told twice,
 * never half.
 */
export const deliverCallback = defineJob({
  name: "portraits.callback",
  payload: z.object({ deliveryId: z.string() }),
  maxAttempts: 12,
  leaseSeconds: 60,
  // each may take ten seconds of somebody else's
  atOnce: 2,
  key: ({ deliveryId }) => deliveryId,
  // it is not on the public internet: it will not be later either
  permanentErrors: ["invalid_input", "not_found"],

  run: ({ deliveryId }, job) => deliver(job.db, deliveryId, job),

  async onFailed(tx, { deliveryId }, reason) {
    const data = { status: "failed", error: reason };
    await tx.callbackDelivery.updateMany({ where: { id: deliveryId, status: "waiting" }, data });
  },
});

type Attempt = { attempt: number; signal: AbortSignal };

/**
 * One attempt.
 *
 * @param fetch tests bring their own
 * @throws {AppError} `unreadable` it was not heard, to be tried again; `invalid_input` the address is not public
 */
export async function deliver(
  db: Db,
  deliveryId: string,
  { attempt, signal }: Attempt,
  fetch: typeof guardedFetch = guardedFetch,
): Promise<void> {
  const row = await db.callbackDelivery.findUnique({ where: { id: deliveryId } });
  if (row?.status !== "waiting") return;
  const where = { id: deliveryId, status: "waiting" };
  const body = await callbackBody(db, row);
  if (body === null) {
    const error = `The ${row.kind} is not there any more.`;
    await db.callbackDelivery.updateMany({ where, data: { status: "failed", error } });
    return;
  }
  const heard = await tell(row.url, body, signal, fetch);
  const attempts = { increment: 1 };
  if (heard.error === null) {
    const data = { status: "delivered", deliveredAt: new Date(), responseStatus: heard.status, error: null, attempts };
    await db.callbackDelivery.updateMany({ where, data });
    return;
  }
  const data = { responseStatus: heard.status, error: heard.error.message, attempts };
  await db.callbackDelivery.updateMany({ where, data });
  if (heard.error.code === "invalid_input") throw heard.error;
  const retryAfterSeconds = delaysSeconds[attempt - 1] ?? longestDelaySeconds;
  throw new AppError("unreadable", heard.error.message, { retryAfterSeconds });
}

type Heard = { status: number | null; error: AppError | null };

async function tell(url: string, json: object, signal: AbortSignal, fetch: typeof guardedFetch): Promise<Heard> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const { status } = await fetch(url, {
      signal: AbortSignal.any([signal, timeout]),
      maxBytes: 0,
      types: /./u,
      json,
      isStatusOnly: true,
      advice,
    });
    if (status >= 200 && status < 300) return { status, error: null };
    const sentence = `${new URL(url).host} answered with status ${status}.`;
    return { status, error: new AppError("unreadable", sentence) };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AppError) return { status: null, error };
    if (!timeout.aborted) throw error;
    const sentence = `${new URL(url).host} did not answer within ${timeoutMs / 1000} seconds.`;
    return { status: null, error: new AppError("unreadable", sentence) };
  }
}
