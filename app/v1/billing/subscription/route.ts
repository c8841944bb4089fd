import { resumeSyncs } from "@/lib/compile/resume-syncs";
import { route } from "@/lib/http/route";
import { confirmCheckout } from "@/lib/payments/confirm-checkout";
import { SubscriptionQuery, SubscriptionView } from "@/lib/payments/schemas";
import { showSubscription } from "@/lib/payments/show-subscription";

export const GET = route(
  { summary: "Show the plan", reply: SubscriptionView, scope: "billing:read", query: SubscriptionQuery },
  async ({ ctx, query }) => {
    if (query.session_id !== undefined && (await confirmCheckout(ctx, query.session_id))) {
      await resumeSyncs(ctx.db, ctx.actor.accountId);
    }
    return showSubscription(ctx);
  },
);
