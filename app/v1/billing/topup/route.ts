import { resumeSyncs } from "@/lib/compile/resume-syncs";
import { route } from "@/lib/http/route";
import { TopUpInput } from "@/lib/payments/schemas";
import { startTopUp } from "@/lib/payments/start-top-up";

export const POST = route({ scope: "billing:write", body: TopUpInput }, async ({ ctx, request, body }) => {
  const topUp = await startTopUp(ctx, { ...body, key: request.headers.get("idempotency-key") });
  if (topUp.is_paid) await resumeSyncs(ctx.db, ctx.actor.accountId);
  return topUp;
});
