import { z } from "zod";
import { measureFidelityAnew } from "@/lib/compile/measure-fidelity-anew";
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

export const POST = route(
  {
    summary: "Measure how good a face is",
    about: "As it is now, with what was changed by hand since the last sync. It takes no model and costs nothing.",
    reply: Fidelity.nullable(),
    scope: "faces:write",
    params,
  },
  ({ ctx, params }) => measureFidelityAnew(ctx, params),
);
