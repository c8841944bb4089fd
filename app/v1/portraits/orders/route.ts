import { listOf } from "@/lib/http/route-definition";
import { route } from "@/lib/http/route";
import { listOrders, orderPortraits } from "@/lib/portraits/orders";
import { OrderInput, OrdersQuery, OrderView } from "@/lib/portraits/portrait-schemas";

export const GET = route(
  {
    summary: "List orders of portraits",
    about: "Newest first, with how far each is.",
    reply: listOf(OrderView),
    scope: "faces:read",
    query: OrdersQuery,
  },
  ({ ctx, query }) => listOrders(ctx, query),
);

export const POST = route(
  {
    summary: "Order portraits",
    about: "The same as POST /tunes/{id}/prompts, as pages send it.",
    reply: OrderView,
    scope: "faces:write",
    body: OrderInput,
    isBilled: true,
    status: 201,
  },
  ({ ctx, body }) => orderPortraits(ctx, body),
);
