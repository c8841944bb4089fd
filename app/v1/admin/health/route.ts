import { HealthView } from "@/lib/accounts/schemas";
import { showHealth } from "@/lib/accounts/show-health";
import { route } from "@/lib/http/route";

export const GET = route(
  {
    summary: "Show the health of the installation",
    about: "Workers, queue, database, storage and models. For admins.",
    reply: HealthView,
    scope: "account",
  },
  ({ ctx }) => showHealth(ctx),
);
