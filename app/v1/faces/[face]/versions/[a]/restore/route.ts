import { z } from "zod";
import { restoreVersion } from "@/lib/compile/restore-version";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string(), a: z.coerce.number().int().min(1).max(1e9) });

export const POST = route({ scope: "faces:write", params }, ({ ctx, params: { face, a } }) =>
  restoreVersion(ctx, { face, number: a }),
);
