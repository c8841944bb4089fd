import { listModels } from "@/lib/chat/list-models";
import { route } from "@/lib/http/route";

/** OpenAI's list, so without pages. */
export const GET = route({ scope: "chat" }, ({ ctx }) => Response.json({ object: "list", data: listModels(ctx) }));
