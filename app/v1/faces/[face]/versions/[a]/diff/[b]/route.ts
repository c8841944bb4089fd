import { z } from "zod";
import { compareVersions } from "@/lib/compile/compare-versions";
import { VersionDiff } from "@/lib/compile/schemas";
import { route } from "@/lib/http/route";

const number = z.coerce.number().int().min(0).max(1e9);
const params = z.object({ face: z.string(), a: number, b: number });

export const GET = route(
  { summary: "Compare two versions", reply: VersionDiff, scope: "faces:read", params },
  ({ ctx, params }) => compareVersions(ctx, params),
);
