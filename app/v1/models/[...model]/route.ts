import { z } from "zod";
import { requireModel } from "@/lib/chat/list-models";
import { route } from "@/lib/http/route";

/** Ids of some providers hold slashes; clients send them as they are or escaped. */
const params = z.object({ model: z.array(z.string()).transform((parts) => parts.map(decodeURIComponent).join("/")) });

export const GET = route({ scope: "chat", params }, ({ ctx, params }) =>
  Response.json(requireModel(ctx, params.model)),
);
