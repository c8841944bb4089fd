import { z } from "zod";
import { ItemListView } from "@/lib/chat/reply-schemas";
import { InputItemsQuery, listInputItems } from "@/lib/chat/responses-show";
import { route } from "@/lib/http/route";
import { bare } from "@/lib/http/route-definition";

const params = z.object({ id: z.string() });

export const GET = route(
  { summary: "List the input of a response", reply: bare(ItemListView), scope: "chat", params, query: InputItemsQuery },
  async ({ ctx, params, query }) => Response.json(await listInputItems(ctx, params.id, query)),
);
