import { route } from "@/lib/http/route";
import { listPlans } from "@/lib/payments/list-plans";

export const GET = route({ scope: "billing:read" }, ({ ctx }) => listPlans(ctx));
