import { z } from "zod";
import { findTrace } from "@/lib/chat/find-trace";
import { TraceView } from "@/lib/chat/reply-schemas";
import { route } from "@/lib/http/route";

export const GET = route(
  {
    summary: "Show a trace",
    about: "Why an answer was given: its id came in the header x-faces-trace-id.",
    reply: TraceView,
    scope: "chat",
    params: z.object({ id: z.string() }),
  },
  ({ ctx, params }) => findTrace(ctx, params.id),
);
