import { route } from "@/lib/http/route";
import { CheckoutQuery, PaymentPage } from "@/lib/payments/schemas";
import { startCheckout } from "@/lib/payments/start-checkout";

export const POST = route(
  {
    summary: "Buy a plan",
    about: "Opens a page of Stripe. 422 where the installation takes no payments.",
    reply: PaymentPage,
    scope: "billing:write",
    query: CheckoutQuery,
  },
  ({ ctx, query }) => startCheckout(ctx, query.plan),
);
