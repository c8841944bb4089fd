import { z } from "zod";
import { deleteAccount } from "@/lib/accounts/delete-account";
import { DeleteAccountInput } from "@/lib/accounts/schemas";
import { findAccount } from "@/lib/auth/find-account";
import { AccountView, UpdateAccountInput } from "@/lib/auth/schemas";
import { updateAccount } from "@/lib/auth/update-account";
import { route } from "@/lib/http/route";

export const GET = route({ summary: "Show the account", reply: AccountView, scope: "faces:read" }, ({ ctx }) =>
  findAccount(ctx),
);

export const PATCH = route(
  {
    summary: "Change the account",
    about:
      "Name, e-mail address or password; null takes the e-mail address and the password away. For people: an API key may not.",
    reply: AccountView,
    scope: "account",
    body: UpdateAccountInput,
  },
  ({ ctx, body }) => updateAccount(ctx, body),
);

export const DELETE = route(
  {
    summary: "Delete the account",
    about:
      "Deletes everything that it holds. Confirmed by the password, or, where there is none, by its name, e-mail address or wallet address.",
    reply: z.object({ id: z.string(), deleted: z.literal(true) }),
    scope: "account",
    body: DeleteAccountInput,
  },
  ({ ctx, body }) => deleteAccount(ctx, body),
);
