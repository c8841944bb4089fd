import { z } from "zod";
import { syncEvents } from "@/lib/compile/sync-events";
import { requireReadableFace } from "@/lib/faces/require-face";
import { route } from "@/lib/http/route";
import { sseResponse } from "@/lib/http/sse";

const params = z.object({ face: z.string() });

export const GET = route({ scope: "faces:read", params }, async ({ ctx, params }) => {
  const face = await requireReadableFace(ctx, params.face);
  return sseResponse(ctx.requestId, syncEvents(ctx, face));
});
