import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";

/** An account as Astria's clients read it. */
export const AstriaUser = z.object({
  id: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  usd_balance_mc: z.number().nullable().describe("Null: `GET /v1/billing/balance` tells it, to who may know."),
  auto_extend_tunes: z.boolean().describe("Each tune says so of itself."),
  purchased_plugin_at: z.string().nullable(),
});
export type AstriaUser = z.infer<typeof AstriaUser>;

/** Who calls. */
export async function readAstriaUser({ actor, db }: Ctx): Promise<AstriaUser> {
  const { id, name, email } = await db.account.findUniqueOrThrow({ where: { id: actor.accountId } });
  return { id, name, email, usd_balance_mc: null, auto_extend_tunes: false, purchased_plugin_at: null };
}
