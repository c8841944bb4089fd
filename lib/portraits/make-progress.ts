import { z } from "zod";
import type { Prisma, Transaction } from "@/lib/db/client";

/** The job that makes an order's portraits; its key is the order's number. */
export const makePortraitsName = "portraits.make";

/** How far an order is, as its job shows it: 0 to 1, and what is being done in a word. */
export const OrderProgress = z.object({ done: z.number(), stage: z.string() });
export type OrderProgress = z.infer<typeof OrderProgress>;

/** Locks an order for the rest of the transaction: whoever ends it takes this lock first. Null: it is gone. */
export async function lockOrder(tx: Transaction, id: number): Promise<Prisma.PromptGetPayload<object> | null> {
  await tx.$queryRaw`SELECT id FROM prompts WHERE id = ${id} FOR NO KEY UPDATE`;
  return tx.prompt.findUnique({ where: { id } });
}
