import { z } from "zod";
import { deleteFace } from "@/lib/faces/delete-face";
import { requireFaceView } from "@/lib/faces/require-face-view";
import { UpdateFaceInput } from "@/lib/faces/schemas";
import { updateFace } from "@/lib/faces/update-face";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const GET = route({ scope: "faces:read", params }, ({ ctx, params }) => requireFaceView(ctx, params.face));

export const PATCH = route({ scope: "faces:write", params, body: UpdateFaceInput }, ({ ctx, params, body }) =>
  updateFace(ctx, { ...body, ...params }),
);

export const DELETE = route({ scope: "faces:write", params }, ({ ctx, params }) => deleteFace(ctx, params.face));
