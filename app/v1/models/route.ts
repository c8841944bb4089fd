import { listModels } from "@/lib/chat/list-models";
import { route } from "@/lib/http/route";

/** OpenAI's list, so without pages. */
export const GET = route({ scope: "chat" }, async ({ ctx }) => {
  const { models, servers } = await listModels(ctx);
  return Response.json({ object: "list", data: models, ...(servers.length === 0 ? {} : { servers }) });
});
