import { z } from "zod";
import { route } from "@/lib/http/route";
import { listPlans } from "@/lib/payments/list-plans";
import { PlanView } from "@/lib/payments/schemas";

export const GET = route({ summary: "List plans", reply: z.array(PlanView), scope: "billing:read" }, ({ ctx }) =>
  listPlans(ctx),
);
