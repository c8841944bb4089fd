import { z } from "zod";
import { VersionView } from "@/lib/compile/list-versions";
import { restoreVersion } from "@/lib/compile/restore-version";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string(), a: z.coerce.number().int().min(1).max(1e9) });

export const POST = route(
  {
    summary: "Restore a version",
    about: "Makes a new version of the texts of then that are still there. Nothing is charged.",
    reply: VersionView,
    scope: "faces:write",
    params,
  },
  ({ ctx, params: { face, a } }) => restoreVersion(ctx, { face, number: a }),
);
