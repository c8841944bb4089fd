import { route } from "@/lib/http/route";
import { startCardSetup } from "@/lib/payments/start-card-setup";

export const POST = route({ scope: "billing:write" }, ({ ctx }) => startCardSetup(ctx));
