import { z } from "zod";
import { revokeSession } from "@/lib/auth/end-session";
import { route } from "@/lib/http/route";

export const DELETE = route(
  {
    summary: "End a session",
    reply: z.object({ id: z.string(), revoked: z.literal(true) }),
    scope: "account",
    params: z.object({ id: z.string() }),
  },
  ({ ctx, params }) => revokeSession(ctx, params.id),
);
