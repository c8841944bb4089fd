import { deleteAccount } from "@/lib/accounts/delete-account";
import { DeleteAccountInput } from "@/lib/accounts/schemas";
import { findAccount } from "@/lib/auth/find-account";
import { UpdateAccountInput } from "@/lib/auth/schemas";
import { updateAccount } from "@/lib/auth/update-account";
import { route } from "@/lib/http/route";

export const GET = route({ scope: "faces:read" }, ({ ctx }) => findAccount(ctx));

export const PATCH = route({ scope: "account", body: UpdateAccountInput }, ({ ctx, body }) => updateAccount(ctx, body));

export const DELETE = route({ scope: "account", body: DeleteAccountInput }, ({ ctx, body }) =>
  deleteAccount(ctx, body),
);
