import { z } from "zod";
import { InputItemsQuery, listInputItems } from "@/lib/chat/responses-show";
import { route } from "@/lib/http/route";

const params = z.object({ id: z.string() });

export const GET = route({ scope: "chat", params, query: InputItemsQuery }, async ({ ctx, params, query }) =>
  Response.json(await listInputItems(ctx, params.id, query)),
);
