import { listNotices } from "@/lib/billing/notices";
import { NoticesQuery } from "@/lib/billing/notices-schemas";
import { route } from "@/lib/http/route";

export const GET = route({ scope: "billing:read", query: NoticesQuery }, ({ ctx, query }) => listNotices(ctx, query));
