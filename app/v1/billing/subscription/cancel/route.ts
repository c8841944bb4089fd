import { route } from "@/lib/http/route";
import { cancelSubscription } from "@/lib/payments/cancel-subscription";
import { SubscriptionView } from "@/lib/payments/schemas";

export const POST = route(
  {
    summary: "Cancel the plan",
    about: "It lasts until the end of what is paid. 422 where the installation takes no payments.",
    reply: SubscriptionView,
    scope: "billing:write",
  },
  ({ ctx }) => cancelSubscription(ctx),
);
