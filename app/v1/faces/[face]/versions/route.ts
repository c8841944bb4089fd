import { z } from "zod";
import { listVersions } from "@/lib/compile/list-versions";
import { PageQuery } from "@/lib/http/page";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const GET = route({ scope: "faces:read", params, query: PageQuery }, ({ ctx, params, query }) =>
  listVersions(ctx, { ...query, ...params }),
);
