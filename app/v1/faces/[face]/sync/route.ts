import { z } from "zod";
import { cancelSync } from "@/lib/compile/cancel-sync";
import { quoteSync } from "@/lib/compile/quote-sync";
import { startSync } from "@/lib/compile/start-sync";
import { Reply, route } from "@/lib/http/route";

const params = z.object({ face: z.string() });
const query = z.object({ dry_run: z.enum(["true", "false", "1", "0"]).default("false") });

export const POST = route({ scope: "faces:write", params, query }, async ({ ctx, params, query }) => {
  if (query.dry_run === "true" || query.dry_run === "1") return quoteSync(ctx, params.face);
  const { started, view } = await startSync(ctx, params.face);
  return new Reply(started ? 202 : 200, view);
});

export const DELETE = route({ scope: "faces:write", params }, ({ ctx, params }) => cancelSync(ctx, params.face));
