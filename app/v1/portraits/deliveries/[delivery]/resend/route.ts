import { z } from "zod";
import { route } from "@/lib/http/route";
import { resendDelivery } from "@/lib/portraits/callback-log";
import { DeliveryView } from "@/lib/portraits/tune-schemas";

const params = z.object({ delivery: z.string().describe("Its id.") });

export const POST = route(
  {
    summary: "Tell a callback again",
    about: "With what there is to tell now; one that waits for its turn has it at once.",
    scope: "faces:write",
    params,
    reply: DeliveryView,
  },
  ({ ctx, params }) => resendDelivery(ctx, params.delivery),
);
