import { z } from "zod";
import { changeAccount } from "@/lib/accounts/change-account";
import { AdminAccountView, ChangeAccountInput } from "@/lib/accounts/schemas";
import { route } from "@/lib/http/route";

const params = z.object({ id: z.string() });

export const PATCH = route(
  {
    summary: "Change an account as an admin",
    about: "Its plan, whether it is frozen and why, whether it is an admin. For admins.",
    reply: AdminAccountView,
    scope: "account",
    params,
    body: ChangeAccountInput,
  },
  ({ ctx, params, body }) => changeAccount(ctx, { ...body, ...params }),
);
