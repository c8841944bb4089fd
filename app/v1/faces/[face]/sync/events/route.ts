import { z } from "zod";
import { syncEvents } from "@/lib/compile/sync-events";
import { requireReadableFace } from "@/lib/faces/require-face";
import { route } from "@/lib/http/route";
import { content } from "@/lib/http/route-definition";
import { sseResponse } from "@/lib/http/sse";

const params = z.object({ face: z.string() });

export const GET = route(
  {
    summary: "Follow a sync",
    about: "progress whenever something moves, summary at the end; without a sync under way only the summary.",
    reply: content({ "text/event-stream": "Events progress and summary, each with JSON as its data." }),
    scope: "faces:read",
    params,
  },
  async ({ ctx, params }) => {
    const face = await requireReadableFace(ctx, params.face);
    return sseResponse(ctx.requestId, syncEvents(ctx, face));
  },
);
