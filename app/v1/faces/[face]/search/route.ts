import { z } from "zod";
import { route } from "@/lib/http/route";
import { SearchInput } from "@/lib/retrieve/schemas";
import { searchFace } from "@/lib/retrieve/search-face";

const params = z.object({ face: z.string() });

export const POST = route({ scope: "faces:read", params, body: SearchInput }, ({ ctx, params, body }) =>
  searchFace(ctx, params.face, body),
);
