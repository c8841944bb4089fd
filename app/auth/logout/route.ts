import { z } from "zod";
import { endSession } from "@/lib/auth/end-session";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Sign out",
    about: "Ends the session whose token asks; an API key has none.",
    reply: z.object({ signed_out: z.literal(true) }),
    scope: "account",
  },
  ({ ctx }) => endSession(ctx),
);
