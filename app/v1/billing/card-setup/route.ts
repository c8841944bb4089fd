import { route } from "@/lib/http/route";
import { PaymentPage } from "@/lib/payments/schemas";
import { startCardSetup } from "@/lib/payments/start-card-setup";

export const POST = route(
  {
    summary: "Store a card",
    about: "Opens a page of Stripe. 422 where the installation takes no payments.",
    reply: PaymentPage,
    scope: "billing:write",
  },
  ({ ctx }) => startCardSetup(ctx),
);
