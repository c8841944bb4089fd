import { cursorOf, PageQuery } from "@/lib/http/page";
import { route } from "@/lib/http/route";
import { listOf } from "@/lib/http/route-definition";
import { listDeliveries } from "@/lib/portraits/callback-log";
import { DeliveryView } from "@/lib/portraits/tune-schemas";

export const GET = route(
  {
    summary: "List deliveries to callbacks",
    about: "What callbacks were told and what they answered, for thirty days.",
    scope: "faces:read",
    query: PageQuery.extend({ cursor: cursorOf("delivery") }),
    reply: listOf(DeliveryView),
  },
  ({ ctx, query }) => listDeliveries(ctx, query),
);
