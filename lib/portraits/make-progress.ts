import { z } from "zod";

/** The job that makes an order's portraits; its key is the order's number. */
export const makePortraitsName = "portraits.make";

/** How far an order is, as its job shows it: 0 to 1, and what is being done in a word. */
export const OrderProgress = z.object({ done: z.number(), stage: z.string() });
export type OrderProgress = z.infer<typeof OrderProgress>;
