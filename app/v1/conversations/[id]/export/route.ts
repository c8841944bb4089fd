import { z } from "zod";
import { exportConversation } from "@/lib/conversations/export-conversation";
import { ExportQuery } from "@/lib/conversations/schemas";
import { route } from "@/lib/http/route";
import { content } from "@/lib/http/route-definition";

const params = z.object({ id: z.string() });

export const GET = route(
  {
    summary: "Export a conversation",
    reply: content({
      "application/json": "The conversation with all its branches.",
      "text/markdown": "The branch that is shown, with format=markdown.",
    }),
    scope: "chat",
    params,
    query: ExportQuery,
  },
  async ({ ctx, params, query }) => {
    const { body, contentType, fileName } = await exportConversation(ctx, params.id, query.format);
    const headers = { "content-type": contentType, "content-disposition": `attachment; filename="${fileName}"` };
    return new Response(body, { headers });
  },
);
