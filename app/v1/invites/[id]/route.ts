import { z } from "zod";
import { revokeInvite } from "@/lib/accounts/revoke-invite";
import { route } from "@/lib/http/route";

export const DELETE = route(
  {
    summary: "Revoke an invite",
    about: "For admins.",
    reply: z.object({ id: z.string(), revoked: z.literal(true) }),
    scope: "account",
    params: z.object({ id: z.string() }),
  },
  ({ ctx, params }) => revokeInvite(ctx, params.id),
);
