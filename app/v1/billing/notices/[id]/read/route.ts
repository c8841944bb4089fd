import { z } from "zod";
import { readNotice } from "@/lib/billing/notices";
import { NoticeView } from "@/lib/billing/schemas";
import { route } from "@/lib/http/route";

const params = z.object({ id: z.string().max(64) });

export const POST = route(
  { summary: "Mark a notice as read", reply: NoticeView, scope: "billing:write", params },
  ({ ctx, params }) => readNotice(ctx, params.id),
);
