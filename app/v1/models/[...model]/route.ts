import { z } from "zod";
import { requireModel } from "@/lib/chat/list-models";
import { route } from "@/lib/http/route";

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

export const GET = route({ scope: "chat", params }, async ({ ctx, params }) =>
  Response.json(await requireModel(ctx, params.model)),
);
