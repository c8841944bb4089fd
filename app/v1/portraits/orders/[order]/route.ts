import { z } from "zod";
import { route } from "@/lib/http/route";
import { deleteOrder, readOrder } from "@/lib/portraits/orders";
import { OrderView } from "@/lib/portraits/portrait-schemas";

const params = z.object({ order: z.string() });

export const GET = route(
  { summary: "Show an order of portraits", reply: OrderView, scope: "faces:read", params },
  ({ ctx, params }) => readOrder(ctx, params.order),
);

export const DELETE = route(
  {
    summary: "Delete an order of portraits",
    about: "With its portraits. One that is being made is stopped, and costs nothing.",
    reply: z.object({ id: z.number(), deleted: z.literal(true) }),
    scope: "faces:write",
    params,
  },
  ({ ctx, params }) => deleteOrder(ctx, params.order),
);
