import { z } from "zod";
import { route } from "@/lib/http/route";
import { cancelOrder } from "@/lib/portraits/orders";
import { OrderView } from "@/lib/portraits/portrait-schemas";

export const POST = route(
  {
    summary: "Stop an order of portraits",
    about: "Nothing is stored of it, and nothing charged. 409 when it has ended already.",
    reply: OrderView,
    scope: "faces:write",
    params: z.object({ order: z.string() }),
  },
  ({ ctx, params }) => cancelOrder(ctx, params.order),
);
