import { z } from "zod";
import { revokeInvite } from "@/lib/accounts/revoke-invite";
import { route } from "@/lib/http/route";

export const DELETE = route({ scope: "account", params: z.object({ id: z.string() }) }, ({ ctx, params }) =>
  revokeInvite(ctx, params.id),
);
