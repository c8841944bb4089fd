import { z } from "zod";
import { revokeSession } from "@/lib/auth/end-session";
import { route } from "@/lib/http/route";

export const DELETE = route({ scope: "account", params: z.object({ id: z.string() }) }, ({ ctx, params }) =>
  revokeSession(ctx, params.id),
);
