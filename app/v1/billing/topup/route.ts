import { resumeSyncs } from "@/lib/compile/resume-syncs";
import { route } from "@/lib/http/route";
import { TopUpInput, TopUpView } from "@/lib/payments/schemas";
import { startTopUp } from "@/lib/payments/start-top-up";

export const POST = route(
  {
    summary: "Top up credit",
    about:
      "Opens a page of Stripe, or charges the card on file, which needs an Idempotency-Key. 422 where the installation takes no payments.",
    reply: TopUpView,
    scope: "billing:write",
    body: TopUpInput,
  },
  async ({ ctx, request, body }) => {
    const topUp = await startTopUp(ctx, { ...body, key: request.headers.get("idempotency-key") });
    if (topUp.is_paid) await resumeSyncs(ctx.db, ctx.actor.accountId);
    return topUp;
  },
);
