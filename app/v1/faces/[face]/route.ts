import { z } from "zod";
import { deleteFace } from "@/lib/faces/delete-face";
import { requireFaceView } from "@/lib/faces/require-face-view";
import { previewFace } from "@/lib/faces/preview-face";
import { DryRunQuery, FacePreview, FaceView, isDryRun, UpdateFaceInput } from "@/lib/faces/schemas";
import { updateFace } from "@/lib/faces/update-face";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const GET = route({ summary: "Show a face", reply: FaceView, scope: "faces:read", params }, ({ ctx, params }) =>
  requireFaceView(ctx, params.face),
);

export const PATCH = route(
  {
    summary: "Change a face",
    about: "What is left out stays. With dry_run nothing is changed: the answer tells what the formula would make.",
    reply: z.union([FaceView, FacePreview]),
    scope: "faces:write",
    params,
    query: DryRunQuery,
    body: UpdateFaceInput,
  },
  ({ ctx, params, query, body }) =>
    isDryRun(query) ? previewFace(ctx, { ...body, ...params }) : updateFace(ctx, { ...body, ...params }),
);

export const DELETE = route(
  {
    summary: "Delete a face",
    about: "With everything compiled into it; this period's quota comes back.",
    reply: z.object({ id: z.string(), deleted: z.literal(true), tokens_released: z.number() }),
    scope: "faces:write",
    params,
  },
  ({ ctx, params }) => deleteFace(ctx, params.face),
);
