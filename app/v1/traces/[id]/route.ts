import { z } from "zod";
import { findTrace } from "@/lib/chat/find-trace";
import { route } from "@/lib/http/route";

export const GET = route({ scope: "chat", params: z.object({ id: z.string() }) }, ({ ctx, params }) =>
  findTrace(ctx, params.id),
);
