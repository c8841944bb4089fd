import { z } from "zod";
import { ResponseView } from "@/lib/chat/reply-schemas";
import { deleteResponse, showResponse } from "@/lib/chat/responses-show";
import { InvalidInputError } from "@/lib/errors";
import { route } from "@/lib/http/route";
import { bare } from "@/lib/http/route-definition";

const params = z.object({ id: z.string() });
const query = z.object({ stream: z.string().optional() });

export const GET = route(
  { summary: "Show a response", reply: bare(ResponseView), scope: "chat", params, query },
  async ({ ctx, params, query }) => {
    if (query.stream === "true") {
      throw new InvalidInputError("A response that is kept is done: read it whole, without stream.", "stream");
    }
    return Response.json(await showResponse(ctx, params.id));
  },
);

export const DELETE = route(
  {
    summary: "Delete a response",
    reply: bare(z.object({ id: z.string(), object: z.literal("response"), deleted: z.literal(true) })),
    scope: "chat",
    params,
  },
  async ({ ctx, params }) => Response.json(await deleteResponse(ctx, params.id)),
);
