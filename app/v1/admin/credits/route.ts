import { grantCredit } from "@/lib/billing/grant-credit";
import { GrantCreditInput } from "@/lib/billing/schemas";
import { resumeSyncs } from "@/lib/compile/resume-syncs";
import { route } from "@/lib/http/route";
import { freeDebtor } from "@/lib/payments/free-debtor";

export const POST = route(
  { scope: "billing:write", body: GrantCreditInput, status: 201 },
  async ({ ctx, body, request }) => {
    const granted = await grantCredit(ctx, body, request.headers.get("idempotency-key"));
    await freeDebtor(ctx.db, granted.account_id);
    await resumeSyncs(ctx.db, granted.account_id);
    return granted;
  },
);
