import { z } from "zod";
import { ListPrimitivesQuery } from "@/lib/compile/list-primitives";
import { PrimitiveView, UpdatePrimitivesInput } from "@/lib/compile/schemas";
import { updatePrimitives } from "@/lib/compile/update-primitives";
import { cursorOf } from "@/lib/http/page";
import { route } from "@/lib/http/route";
import { listOf } from "@/lib/http/route-definition";
import { ComposedPrimitiveView, listFacePrimitives } from "@/lib/retrieve/list-composed-primitives";

const params = z.object({ face: z.string() });
const query = ListPrimitivesQuery.extend({ cursor: cursorOf("primitive") });

export const GET = route(
  {
    summary: "List primitives",
    about:
      "Pinned first, then by confidence. Every quote stands verbatim at its offsets. face_id is there for a composite.",
    reply: listOf(ComposedPrimitiveView.partial({ face_id: true })),
    scope: "faces:read",
    params,
    query,
  },
  ({ ctx, params, query }) => listFacePrimitives(ctx, { ...query, ...params }),
);

export const PATCH = route(
  {
    summary: "Change several primitives",
    about: "Pin them, disable them, accept drafts, all at once; answers those that are the face's.",
    reply: z.array(PrimitiveView),
    scope: "faces:write",
    params,
    body: UpdatePrimitivesInput,
  },
  ({ ctx, params, body }) => updatePrimitives(ctx, { ...body, ...params }),
);
