import { z } from "zod";
import type { Transaction } from "@/lib/db/client";
import { defineJob, type Json } from "@/lib/jobs/define-job";
import { engineOf } from "./engines";

const timeoutMs = 60_000;

/** Deletes what an engine elsewhere keeps of an order that has ended. Best effort. */
export const tidyOrder = defineJob({
  name: "portraits.tidy",
  // the order itself may be gone by then
  payload: z.object({ promptId: z.number().int(), engine: z.string(), memory: z.json() }),
  maxAttempts: 3,
  leaseSeconds: 60,
  key: ({ promptId }) => String(promptId),
  async run({ engine, memory }, { signal }) {
    await engineOf(engine)?.tidy?.(memory, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
  },
});

/** @param memory what the engine remembers of the order; null where there is nothing to delete */
export async function tidyLater(
  tx: Transaction,
  { memory, ...order }: { promptId: number; engine: string; memory: unknown },
): Promise<void> {
  if (memory !== null) await tidyOrder.enqueue(tx, { ...order, memory: memory as Json });
}
