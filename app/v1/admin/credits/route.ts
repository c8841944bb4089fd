import { z } from "zod";
import { grantCredit } from "@/lib/billing/grant-credit";
import { GrantCreditInput } from "@/lib/billing/schemas";
import { resumeSyncs } from "@/lib/compile/resume-syncs";
import { route } from "@/lib/http/route";
import { freeDebtor } from "@/lib/payments/free-debtor";

export const POST = route(
  {
    summary: "Grant credit",
    about: "To an account, or without one to the admin who asks. For admins.",
    reply: z.object({ account_id: z.string(), granted_usd: z.number() }),
    scope: "billing:write",
    body: GrantCreditInput,
    status: 201,
  },
  async ({ ctx, body, request }) => {
    const granted = await grantCredit(ctx, body, request.headers.get("idempotency-key"));
    await freeDebtor(ctx.db, granted.account_id);
    await resumeSyncs(ctx.db, granted.account_id);
    return granted;
  },
);
