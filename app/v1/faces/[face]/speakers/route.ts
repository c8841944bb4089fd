import { z } from "zod";
import { previewSpeakers } from "@/lib/documents/preview-speakers";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const POST = route({ scope: "faces:write", params }, ({ ctx, params, request }) =>
  previewSpeakers(ctx, params.face, request),
);
