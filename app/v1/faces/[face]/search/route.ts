import { z } from "zod";
import { SearchView } from "@/lib/chat/reply-schemas";
import { route } from "@/lib/http/route";
import { SearchInput } from "@/lib/retrieve/schemas";
import { searchFace } from "@/lib/retrieve/search-face";

const params = z.object({ face: z.string() });

export const POST = route(
  {
    summary: "Search a face",
    about: "Retrieval alone: no model is called, nothing is charged. Give either query or messages.",
    reply: SearchView,
    scope: "faces:read",
    params,
    body: SearchInput,
  },
  ({ ctx, params, body }) => searchFace(ctx, params.face, body),
);
