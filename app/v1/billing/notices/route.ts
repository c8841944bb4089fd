import { listNotices } from "@/lib/billing/notices";
import { NoticesQuery } from "@/lib/billing/notices-schemas";
import { NoticeView } from "@/lib/billing/schemas";
import { route } from "@/lib/http/route";
import { listOf } from "@/lib/http/route-definition";

export const GET = route(
  {
    summary: "List notices",
    about: "What the account should know: a quota that ends, credit that is low, a payment that failed.",
    reply: listOf(NoticeView),
    scope: "billing:read",
    query: NoticesQuery,
  },
  ({ ctx, query }) => listNotices(ctx, query),
);
