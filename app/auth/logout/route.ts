import { endSession } from "@/lib/auth/end-session";
import { route } from "@/lib/http/route";

export const POST = route({ scope: "account" }, ({ ctx }) => endSession(ctx));
