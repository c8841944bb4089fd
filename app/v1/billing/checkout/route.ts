import { route } from "@/lib/http/route";
import { CheckoutQuery } from "@/lib/payments/schemas";
import { startCheckout } from "@/lib/payments/start-checkout";

export const POST = route({ scope: "billing:write", query: CheckoutQuery }, ({ ctx, query }) =>
  startCheckout(ctx, query.plan),
);
