import { findAccount } from "@/lib/auth/find-account";
import { UpdateAccountInput } from "@/lib/auth/schemas";
import { updateAccount } from "@/lib/auth/update-account";
import { route } from "@/lib/http/route";

export const GET = route({ scope: "faces:read" }, ({ ctx }) => findAccount(ctx));

export const PATCH = route({ scope: "account", body: UpdateAccountInput }, ({ ctx, body }) => updateAccount(ctx, body));
