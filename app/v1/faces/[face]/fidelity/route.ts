import { z } from "zod";
import { Fidelity } from "@/lib/compile/schemas";
import { showFidelity } from "@/lib/compile/show-fidelity";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const GET = route(
  {
    summary: "Show how good a face is",
    about: "Measured on itself; null before the first sync.",
    reply: Fidelity.nullable(),
    scope: "faces:read",
    params,
  },
  ({ ctx, params }) => showFidelity(ctx, params),
);
