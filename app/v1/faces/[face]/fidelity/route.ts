import { z } from "zod";
import { showFidelity } from "@/lib/compile/show-fidelity";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const GET = route({ scope: "faces:read", params }, ({ ctx, params }) => showFidelity(ctx, params));
