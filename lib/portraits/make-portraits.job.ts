import { z } from "zod";
import { release } from "@/lib/billing/reservations";
import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { defineJob, type JobContext } from "@/lib/jobs/define-job";
import { PermanentJobError } from "@/lib/jobs/job-errors";
import { announce } from "./callback";
import { findOrder, type OrderRow } from "./make-order";
import { makePieces } from "./make-pieces";
import { lockOrder, makePortraitsName, type OrderProgress } from "./make-progress";
import { holdAgain, saveMade } from "./make-save";
import { tidyLater } from "./make-tidy.job";

/** However slow an engine is: longer than this nobody waits. */
const longestMs = 20 * 60_000;

/**
 * Makes the portraits of an order. Each piece that was made is stored before the next one begins, also across attempts:
 * what was drawn once is not drawn, or paid, again. Rows, charge and callback come in one transaction at the end.
 */
export const makePortraits = defineJob({
  name: makePortraitsName,
  // the money outlives an order that is deleted with its tune
  payload: z.object({ promptId: z.number().int(), reservationId: z.string().nullable() }),
  maxAttempts: 4,
  leaseSeconds: 60,
  // an engine elsewhere may take minutes
  atOnce: 2,
  key: ({ promptId }) => String(promptId),
  permanentErrors: [
    ...(["invalid_input", "unreadable", "unsupported_type", "too_large", "not_found", "forbidden"] as const),
    ...(["insufficient_credits", "budget_exceeded", "account_frozen"] as const),
  ],

  async run({ promptId, reservationId: held }, job) {
    const order = await findOrder(job.db, promptId);
    if (order === null && held !== null) await release(job.db, held);
    if (order === null || isOver(order)) return;
    await begin(job, order);
    const timeout = AbortSignal.timeout(longestMs - (Date.now() - (order.startedAt ?? new Date()).getTime()));
    const signal = AbortSignal.any([job.signal, timeout]);
    try {
      const reservationId = await holdAgain(job, order);
      const pieces = await makePieces(job, order, signal);
      await saveMade(job, { order, pieces, reservationId });
    } catch (error) {
      throw timeout.aborted && !job.signal.aborted ? tookTooLong(error) : finalOf(error);
    }
  },

  async onFailed(tx, { promptId, reservationId }, reason) {
    await endUnmade(tx, promptId, "failed", reason);
    if (reservationId !== null) await release(tx, reservationId);
  },
  async onCancelled(tx, { promptId, reservationId }) {
    await endUnmade(tx, promptId, "cancelled", "The order was cancelled.");
    if (reservationId !== null) await release(tx, reservationId);
  },
});

function isOver({ status }: OrderRow): boolean {
  return status !== "queued" && status !== "running";
}

/** The time that an order has begins at its first attempt. */
async function begin(job: JobContext, order: OrderRow): Promise<void> {
  const elapsed = order.startedAt === null ? 0 : Date.now() - order.startedAt.getTime();
  if (elapsed >= longestMs) throw tookTooLong(null);
  const data = { status: "running", startedAt: order.startedAt ?? new Date() };
  await job.transaction((tx) => tx.prompt.updateMany({ where: { id: order.id, status: "queued" }, data }));
  job.progress({ done: 0, stage: "reading" } satisfies OrderProgress);
}

function tookTooLong(cause: unknown): PermanentJobError {
  return new PermanentJobError(`It was not done after ${longestMs / 60_000} minutes and was given up.`, cause);
}

/** An engine that refuses says whether a second try makes sense, and when; otherwise it might be paid twice. */
function finalOf(error: unknown): unknown {
  const isFinal = error instanceof AppError && error.code === "upstream_failed" && error.retryAfterSeconds === null;
  return isFinal ? new PermanentJobError(error.message, error) : error;
}

/**
 * Ends an order that has no images: the money that was held is free again, its callback is told. One that has ended
 * already stays as it is.
 *
 * @param reason in words for its owner
 */
export async function endUnmade(
  tx: Transaction,
  promptId: number,
  status: "failed" | "cancelled",
  reason: string,
): Promise<void> {
  const order = await lockOrder(tx, promptId);
  if (order === null || (order.status !== "queued" && order.status !== "running")) return;
  const data = { status, userError: reason, endedAt: new Date(), reservationId: null };
  await tx.prompt.update({ where: { id: promptId }, data });
  if (order.reservationId !== null) await release(tx, order.reservationId);
  await tidyLater(tx, { promptId, engine: order.engine, memory: order.engineMemory });
  const { accountId, callback } = order;
  await announce(tx, { accountId, kind: "prompt", subjectId: promptId, url: callback });
}
