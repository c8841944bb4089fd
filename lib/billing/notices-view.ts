import { z } from "zod";

/** Something an account should know. */
export const NoticeView = z.object({
  id: z.string(),
  /** quota_50 | quota_80 | quota_100 | credit_low | payment_failed | plan_ended */
  kind: z.string(),
  /** what it says, in whole sentences */
  message: z.string(),
  /** the figures behind it */
  data: z.record(z.string(), z.unknown()),
  created_at: z.string(),
  /** null: news */
  read_at: z.string().nullable(),
});
export type NoticeView = z.infer<typeof NoticeView>;
