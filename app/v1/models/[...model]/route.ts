import { z } from "zod";
import { requireModel } from "@/lib/chat/list-models";
import { ModelView } from "@/lib/chat/reply-schemas";
import { route } from "@/lib/http/route";
import { bare } from "@/lib/http/route-definition";

/** Ids of some providers hold slashes; clients send them as they are or escaped. */
const params = z.object({ model: z.array(z.string()).transform((parts) => parts.map(unescaped).join("/")) });

/** A percent sign that escapes nothing stands for itself: no model is called that. */
function unescaped(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const GET = route(
  { summary: "Show a model", reply: bare(ModelView), scope: "chat", params },
  async ({ ctx, params }) => Response.json(await requireModel(ctx, params.model)),
);
