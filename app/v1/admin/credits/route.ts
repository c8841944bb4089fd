import { grantCredit } from "@/lib/billing/grant-credit";
import { GrantCreditInput } from "@/lib/billing/schemas";
import { route } from "@/lib/http/route";

export const POST = route({ scope: "billing:write", body: GrantCreditInput, status: 201 }, ({ ctx, body }) =>
  grantCredit(ctx, body),
);
