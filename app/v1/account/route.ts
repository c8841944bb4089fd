import { findAccount } from "@/lib/auth/find-account";
import { route } from "@/lib/http/route";

export const GET = route({ scope: "faces:read" }, ({ ctx }) => findAccount(ctx));
