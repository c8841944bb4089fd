import { z } from "zod";
import { changeAccount } from "@/lib/accounts/change-account";
import { ChangeAccountInput } from "@/lib/accounts/schemas";
import { route } from "@/lib/http/route";

const params = z.object({ id: z.string() });

export const PATCH = route({ scope: "account", params, body: ChangeAccountInput }, ({ ctx, params, body }) =>
  changeAccount(ctx, { ...body, ...params }),
);
