import { route } from "@/lib/http/route";
import { cancelSubscription } from "@/lib/payments/cancel-subscription";

export const POST = route({ scope: "billing:write" }, ({ ctx }) => cancelSubscription(ctx));
